package com.smspm.keycloak.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A browser with JavaScript and style sheets, one for each test class; the class is skipped where
 * there is no Chromium. Every test begins without cookies and as a wide, light window with scripts.
 */
final class Chromium implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  static final Dimension WIDE = new Dimension(1000, 860);
  static final Dimension PHONE = new Dimension(390, 760);

  /** WCAG 2.2, 1.4.10: what a window of 1280 by 1024 pixels leaves at 400 % zoom. */
  static final Dimension SMALLEST = new Dimension(320, 256);

  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final int MOST_TABS = 40;

  private final List<String> arguments;
  private ChromeDriver driver;
  private boolean scripts = true;

  /**
   * @param arguments for the browser, beside the usual ones
   */
  Chromium(String... arguments) {
    this.arguments = List.of(arguments);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeTrue(Files.isExecutable(DRIVER), "no Chromium driver on this machine");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--no-first-run");
    options.addArguments(arguments);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    scripts(true);
    dark(false);
    size(WIDE);
    forget();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (driver != null) {
      driver.quit();
    }
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Whether pages may run scripts, from the next page on; the tests' own always may. */
  void scripts(boolean on) {
    scripts = on;
    cdp("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
  }

  boolean scripts() {
    return scripts;
  }

  /** What the user prefers, once the page has followed. */
  void dark(boolean on) {
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", on ? "dark" : "light"))));
    driver.executeAsyncScript(
        "const done = arguments[0];"
            + "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))");
  }

  void size(Dimension size) {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", size.width, "height", size.height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Drops cookies, cache and what was logged. */
  void forget() {
    cdp("Network.clearBrowserCookies", Map.of());
    cdp("Network.clearBrowserCache", Map.of());
    driver.manage().logs().get(LogType.BROWSER);
    driver.manage().logs().get(LogType.PERFORMANCE);
  }

  /** Does something while answers come with so many bytes a second. */
  void slowly(int bytesPerSecond, Runnable action) {
    network(bytesPerSecond, 0, action);
  }

  /** Does something while answers take so much longer. */
  void late(Duration latency, Runnable action) {
    network(-1, latency.toMillis(), action);
  }

  private void network(int bytesPerSecond, long latencyMillis, Runnable action) {
    network(bytesPerSecond, latencyMillis);
    try {
      action.run();
    } finally {
      network(-1, 0);
    }
  }

  private void network(int bytesPerSecond, long latencyMillis) {
    cdp(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            false,
            "latency",
            latencyMillis,
            "downloadThroughput",
            bytesPerSecond,
            "uploadThroughput",
            -1));
  }

  /** Has every page from now on run this first; the answer is for {@link #withdraw}. */
  String inject(String script) {
    return (String)
        cdp("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script)).get("identifier");
  }

  void withdraw(String injected) {
    cdp("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", injected));
  }

  private Map<String, Object> cdp(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  void go(String url) {
    driver.get(url);
  }

  /** Opens the login page and enters name and password; further parameters for the login. */
  void signIn(TestUser user, String... parameters) {
    go(TestBrowser.authorization(parameters));
    find("#username").sendKeys(user.name());
    find("#password").sendKeys(TestUser.PASSWORD);
    leave(() -> find("#password").sendKeys(Keys.ENTER));
  }

  /** Types a code, and presses Enter where that is needed. */
  void enterCode(String code) {
    leave(() -> find("#code").sendKeys(scripts ? code : code + Keys.ENTER));
  }

  void press(String selector) {
    leave(() -> find(selector).click());
  }

  /** Does something that leads to another page, and waits for that. */
  void leave(Runnable action) {
    run("document.documentElement.dataset.left = true");
    action.run();
    await(
        it ->
            Boolean.TRUE.equals(
                run(
                    "return document.readyState === 'complete'"
                        + " && !document.documentElement?.dataset.left")));
  }

  void await(Predicate<Chromium> condition) {
    new WebDriverWait(driver, Duration.ofSeconds(20), Duration.ofMillis(50))
        .until(ignored -> condition.test(this));
  }

  /** Moves the focus with the Tab key until it is where the selector says. */
  WebElement tabTo(String selector) {
    for (int i = 0; i < MOST_TABS; i++) {
      WebElement focused = driver.switchTo().activeElement();
      if (Boolean.TRUE.equals(
          run("return arguments[0].matches(arguments[1])", focused, selector))) {
        return focused;
      }
      focused.sendKeys(Keys.TAB);
    }
    throw new AssertionError("the Tab key does not lead to " + selector);
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  boolean has(String selector) {
    return !driver.findElements(By.cssSelector(selector)).isEmpty();
  }

  String text(String selector) {
    return find(selector).getText();
  }

  String html() {
    return driver.getPageSource();
  }

  /** Where the page came from; the application clears its own address at once. */
  String address() {
    return (String) run("return performance.getEntriesByType('navigation')[0].name");
  }

  boolean isLoggedIn() {
    return address().startsWith(DemoRealm.APPLICATION) && address().contains("code=");
  }

  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /** What the console has said since it was asked last, of warnings and errors. */
  List<String> problems() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }
}
