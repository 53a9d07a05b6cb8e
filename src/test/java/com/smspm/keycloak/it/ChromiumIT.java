package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * What only a browser with JavaScript and style sheets can show; skipped where there is no
 * Chromium.
 */
@KeycloakIntegrationTest(config = TestServer.class)
class ChromiumIT {

  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Dimension WIDE = new Dimension(1000, 860);
  private static final Dimension PHONE = new Dimension(500, 860);

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private ChromeDriver browser;
  private WebDriverWait wait;

  @BeforeEach
  void startBrowser() {
    assumeTrue(Files.isExecutable(DRIVER), "no Chromium driver on this machine");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run");
    options.setCapability("goog:loggingPrefs", logs);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
    browser.manage().window().setSize(WIDE);
    wait = new WebDriverWait(browser, Duration.ofSeconds(20));
  }

  @AfterEach
  void stopBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  @Test
  void anApplicationIsReachedByTypingTheCodeAlone() throws IOException {
    TestUser user = TestUser.withNumber(realm.admin());
    signIn(user);
    screenshot("code-page");

    browser.findElement(By.id("code")).sendKeys(user.code(1));

    wait.until(ExpectedConditions.textToBe(By.id("who"), "You are " + user.name() + "."));
    assertThat(browser.findElement(By.id("claims")).getText())
        .contains("\"phone_number\": \"" + user.number() + "\"")
        .contains("\"phone_number_verified\": true");
    screenshot("application");
  }

  @Test
  void thePagesAreCleanAndFitAPhone() throws IOException {
    TestUser user = TestUser.withNumber(realm.admin());
    signIn(user);
    browser.findElement(By.id("code")).sendKeys(TestUser.wrong(user.code(1)));
    wait.until(
        ExpectedConditions.textToBePresentInElementLocated(By.id("smspm-code-error"), "not right"));
    screenshot("code-page-error");

    browser.manage().window().setSize(PHONE);
    screenshot("code-page-phone");
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    screenshot("code-page-dark");

    assertThat(scrollsSideways()).isFalse();
    assertThat(problems()).isEmpty();
  }

  @Test
  void aNumberIsSetUpInABrowser() throws IOException {
    TestUser user = TestUser.withoutNumber(realm.admin());
    signIn(user);
    screenshot("number-page");

    browser.findElement(By.id("phoneNumber")).sendKeys(user.number());
    browser.findElement(By.cssSelector("#smspm-phone-number-form button")).click();
    wait.until(ExpectedConditions.presenceOfElementLocated(By.id("code")));
    screenshot("enrolment-code-page");
    browser.findElement(By.id("code")).sendKeys(user.code(1));

    wait.until(ExpectedConditions.textToBe(By.id("who"), "You are " + user.name() + "."));
  }

  @Test
  void theInboxShowsMessages() throws IOException {
    TestUser user = TestUser.withNumber(realm.admin());
    signIn(user);
    String code = user.code(1);

    browser.get(TestServer.SIMULATOR.endpoint() + "/inbox");

    wait.until(ExpectedConditions.textToBePresentInElementLocated(By.id("threads"), code));
    screenshot("inbox");
    assertThat(problems()).isEmpty();
  }

  private void signIn(TestUser user) {
    browser.get(DemoRealm.APPLICATION);
    browser.findElement(By.id("login")).click();
    wait.until(ExpectedConditions.presenceOfElementLocated(By.id("username")));
    browser.findElement(By.id("username")).sendKeys(user.name());
    browser.findElement(By.id("password")).sendKeys(TestUser.PASSWORD);
    browser.findElement(By.id("kc-login")).click();
    wait.until(ExpectedConditions.presenceOfElementLocated(By.cssSelector("form.smspm-form")));
  }

  private boolean scrollsSideways() {
    return Boolean.TRUE.equals(
        browser.executeScript(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
  }

  private List<String> problems() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  private void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }
}
