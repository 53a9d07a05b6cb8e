package com.smspm.keycloak.it;

import java.util.List;

/** How a page lies in its window, and whether it stays there. */
final class Layout {

  /** Adds up what moves, from the first paint on. */
  static final String WATCH_SHIFTS =
      """
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) {
          window.shifts.push(shift.value + ": " +
            shift.sources.map((source) => source.node?.outerHTML?.slice(0, 80) ?? source.node?.nodeName).join(", "));
        }
      }).observe({ type: "layout-shift", buffered: true });
      """;

  /** What sticks out of the window sideways, and texts that are cut off. */
  private static final String OUTSIDE =
      """
      const width = document.documentElement.clientWidth;
      const found = [];
      if (document.documentElement.scrollWidth > width) {
        found.push(`the page is ${document.documentElement.scrollWidth} wide`);
      }
      for (const element of document.querySelectorAll("main *, #kc-content *")) {
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        if (box.width <= 1 || style.visibility === "hidden" || element.closest("option, svg")) {
          continue;
        }
        if (box.left < -0.5 || box.right > width + 0.5) {
          found.push(`outside: ${element.outerHTML.slice(0, 80)}`);
        }
        const cut = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
        if (cut && !element.matches("input, select")) {
          found.push(`cut: ${element.outerHTML.slice(0, 80)}`);
        }
      }
      return found;
      """;

  private Layout() {}

  static List<?> outside(Chromium browser) {
    return (List<?>) browser.run(OUTSIDE);
  }

  /** What has moved since the page came. */
  static List<?> shifts(Chromium browser) {
    return (List<?>) browser.run("return window.shifts");
  }
}
