package com.smspm.keycloak.it;

import java.util.ArrayList;
import java.util.List;

/** The script that asks what became of a message, as it can be watched and hurried in a browser. */
final class StatusScript {

  /**
   * Fifty times as fast, but what is longer than a test's patience never ends. The pauses of our
   * script are remembered, and its clock moves only by hand: so each is exactly what was planned.
   */
  static final String HASTE =
      "const real = window.setTimeout; window.pauses = []; window.patience = Infinity;"
          + "window.setTimeout = (f, ms) => {"
          + "  if (new Error().stack.includes('smspm-status')) window.pauses.push(ms);"
          + "  return real(f, ms > window.patience ? 2 ** 31 - 1 : ms / 50); };"
          + "window.clock = 0; performance.now = () => window.clock;";

  /** Nobody looks at the page, until {@link #comeBack}. */
  static final String HIDDEN =
      "Object.defineProperty(document, 'hidden', { get: () => !window.seen });";

  private static final String LINE = "#smspm-delivery";

  private static final String QUESTIONS =
      "return performance.getEntriesByType('resource')"
          + ".filter(it => it.name.includes('/smspm/status/')).map(it => it.startTime)";

  private static final String COME_BACK =
      "for (const seen of [false, true]) {"
          + "  window.seen = seen; document.dispatchEvent(new Event('visibilitychange')); }";

  private final Chromium browser;
  private final List<String> injected = new ArrayList<>();

  StatusScript(Chromium browser) {
    this.browser = browser;
  }

  /** Has every page of this test run this first. */
  void before(String script) {
    injected.add(browser.inject(script));
  }

  void goOnAsUsual() {
    injected.forEach(browser::withdraw);
    injected.clear();
  }

  String line() {
    return browser.text(LINE);
  }

  void await(String part) {
    browser.await(it -> it.has(LINE) && it.text(LINE).contains(part));
  }

  /** Where it asks; empty when it has stopped. */
  Object path() {
    return browser.run("return document.querySelector('" + LINE + "').dataset.path");
  }

  /** Where a test has made the page {@link #HIDDEN}: away, if it was not, and back. */
  void comeBack() {
    browser.run(COME_BACK);
  }

  /** When each question was asked that has ended, in milliseconds of the page's life. */
  List<Double> questions() {
    return numbers(browser.run(QUESTIONS)).stream().sorted().toList();
  }

  /** What it has planned to wait, in milliseconds, in {@link #HASTE}. */
  List<Double> pauses() {
    return numbers(browser.run("return window.pauses"));
  }

  /**
   * @param moment of the page's arrival, as the browser calls it; in milliseconds of its life
   */
  double navigation(String moment) {
    Object millis =
        browser.run("return performance.getEntriesByType('navigation')[0][arguments[0]]", moment);
    return ((Number) millis).doubleValue();
  }

  private static List<Double> numbers(Object list) {
    return ((List<?>) list).stream().map(it -> ((Number) it).doubleValue()).toList();
  }
}
