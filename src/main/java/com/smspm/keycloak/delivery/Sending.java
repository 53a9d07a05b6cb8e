package com.smspm.keycloak.delivery;

import java.util.Optional;

/**
 * One gateway's part in a message. Where several are tried each has its own, so that a report of
 * one that did not take the message in the end says nothing of the one that did.
 *
 * @param messageId of the message
 * @param route which of the gateways, counted from 0 in the order in which they are tried
 */
public record Sending(String messageId, int route) {

  private static final char BETWEEN = '.';

  /** What {@link #of} reads again. */
  String encoded() {
    return messageId + BETWEEN + route;
  }

  /**
   * @param text what {@link #encoded} has made; nothing for any other
   */
  static Optional<Sending> of(String text) {
    int end = text.lastIndexOf(BETWEEN);
    try {
      return end < 0
          ? Optional.empty()
          : Optional.of(
              new Sending(text.substring(0, end), Integer.parseInt(text.substring(end + 1))));
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }
}
