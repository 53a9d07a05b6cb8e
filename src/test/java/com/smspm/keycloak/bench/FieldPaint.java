package com.smspm.keycloak.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Measures when a browser with a cold cache paints the field for the code: on our page, and on
 * Keycloak's own page for the code of an authenticator application, in turn. It needs the demo to
 * run; {@code docs/performance.md} has the command and the figures.
 */
public final class FieldPaint {

  private static final PrintStream OUT = System.out;
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final int WARM_UP = 5;

  /** The time of the first picture that has the field in it, counted from the navigation. */
  private static final String WATCH =
      """
      new MutationObserver((changes, found) => {
        const field = document.querySelector("#code, #otp");
        if (field) {
          found.disconnect();
          new IntersectionObserver((entries, painted) => {
            if (entries[0].isIntersecting) {
              window.painted = entries[0].time;
              painted.disconnect();
            }
          }).observe(field);
        }
      }).observe(document, { childList: true, subtree: true });
      """;

  private FieldPaint() {}

  /**
   * @param arguments the demo application's address, how many times each page is loaded
   */
  public static void main(String[] arguments) {
    String application = arguments[0];
    int samples = Integer.parseInt(arguments[1]);
    ChromeDriver ours = start();
    ChromeDriver keycloaks = start();
    try {
      signIn(ours, application, "alice");
      signIn(keycloaks, application, "carol");
      toAuthenticatorApplication(keycloaks);
      List<Double> sms = new ArrayList<>();
      List<Double> otp = new ArrayList<>();
      for (int i = -WARM_UP; i < samples; i++) {
        // The order changes, so that neither always runs behind the other
        double first = i % 2 == 0 ? paint(ours) : paint(keycloaks);
        double second = i % 2 == 0 ? paint(keycloaks) : paint(ours);
        if (i >= 0) {
          sms.add(i % 2 == 0 ? first : second);
          otp.add(i % 2 == 0 ? second : first);
        }
      }
      report("field for the code by SMS", sms);
      report("Keycloak's own field", otp);
      OUT.printf(Locale.ROOT, "ratio of medians: %.3f%n", at(sms, 0.5) / at(otp, 0.5));
    } finally {
      ours.quit();
      keycloaks.quit();
    }
  }

  private static ChromeDriver start() {
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
    ChromeDriver browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
    browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    return browser;
  }

  private static void signIn(ChromeDriver browser, String application, String user) {
    browser.get(application);
    browser.findElement(By.id("login")).click();
    await(browser, By.id("username"));
    browser.findElement(By.id("username")).sendKeys(user);
    browser.findElement(By.id("password")).sendKeys(user, Keys.ENTER);
    await(browser, By.id("code"));
  }

  private static void toAuthenticatorApplication(ChromeDriver browser) {
    browser.findElement(By.cssSelector("#smspm-other-ways-form button")).click();
    By way = By.xpath("//*[@role='button'][.//h2[contains(., 'Authenticator')]]");
    await(browser, way);
    browser.findElement(way).click();
    await(browser, By.id("otp"));
  }

  /** In milliseconds. Loading the page again sends nothing. */
  private static double paint(ChromeDriver browser) {
    browser.executeCdpCommand("Network.clearBrowserCache", Map.of());
    browser.get(browser.getCurrentUrl());
    return new WebDriverWait(browser, Duration.ofSeconds(20))
        .until(it -> (Number) browser.executeScript("return window.painted"))
        .doubleValue();
  }

  private static void await(ChromeDriver browser, By element) {
    new WebDriverWait(browser, Duration.ofSeconds(20))
        .until(ExpectedConditions.presenceOfElementLocated(element));
  }

  private static void report(String what, List<Double> millis) {
    OUT.printf(
        Locale.ROOT,
        "%s: median %.0f ms, 90 %% within %.0f ms, of %d%n",
        what,
        at(millis, 0.5),
        at(millis, 0.9),
        millis.size());
  }

  private static double at(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, Math.round(part * (sorted.size() - 1))));
  }
}
