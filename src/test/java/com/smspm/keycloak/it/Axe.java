package com.smspm.keycloak.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Deque's rules of accessibility, on the page that a browser shows. */
final class Axe {

  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      const ours = (node) => document.querySelector(node.target[0])?.closest("form[id^=smspm-]") != null;
      axe
        .run(document, { resultTypes: ["violations"] })
        .then((results) => done(results.violations.flatMap((rule) =>
          rule.nodes.map((node) => ({
            rule: rule.id,
            ours: ours(node),
            what: `${rule.id}: ${node.html} ${node.failureSummary ?? ""}`,
          })))))
        .catch((error) => done([{ rule: "axe", ours: true, what: String(error) }]));
      """;

  private static final String AXE = read();

  private Axe() {}

  /**
   * @param ours whether it is about our markup, and not the layout's
   * @param where the look of the page: {@code dark rtl}
   */
  record Fault(String rule, boolean ours, String where, String what) {

    String key() {
      return rule + " in " + where;
    }
  }

  /** What is wrong, in every look that the page has: light and dark, both directions. */
  static List<Fault> faults(Chromium browser, boolean withDark) {
    browser.run(AXE);
    List<Fault> faults = new ArrayList<>();
    for (boolean dark : withDark ? new boolean[] {false, true} : new boolean[] {false}) {
      browser.dark(dark);
      for (String direction : List.of("ltr", "rtl")) {
        browser.run("document.documentElement.dir = arguments[0]", direction);
        String where = (dark ? "dark " : "light ") + direction;
        run(browser, found -> faults.add(fault(found, where)));
      }
    }
    browser.dark(false);
    browser.run("document.documentElement.dir = 'ltr'");
    return faults;
  }

  /** The rules that are broken, with the look in which they are. */
  static TreeSet<String> keys(List<Fault> faults) {
    return faults.stream().map(Fault::key).collect(Collectors.toCollection(TreeSet::new));
  }

  private static void run(Chromium browser, Consumer<Map<?, ?>> each) {
    for (Object found : (List<?>) browser.driver().executeAsyncScript(RUN)) {
      each.accept((Map<?, ?>) found);
    }
  }

  private static Fault fault(Map<?, ?> found, String where) {
    return new Fault(
        (String) found.get("rule"),
        Boolean.TRUE.equals(found.get("ours")),
        where,
        (String) found.get("what"));
  }

  private static String read() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
