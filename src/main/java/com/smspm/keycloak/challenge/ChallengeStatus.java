package com.smspm.keycloak.challenge;

import com.smspm.keycloak.delivery.DeliveryState;
import java.util.Optional;

/**
 * What a page needs to know of a challenge.
 *
 * @param live whether there is a code that can be entered
 * @param secondsValid for how long still; 0 when none is live
 * @param secondsUntilResend until another message may be asked for; 0 for now
 * @param exhausted all attempts are used: only a new login helps
 * @param delivery what is known of the newest message; nothing where none is on its way. Where
 *     nobody is identified it is always {@link Delivery#UNTOLD}
 * @param sentAgain there is a newer code beside one that is good still
 * @param stuck two codes were wrong, or another message was asked for: time to offer another way
 * @param locked too many codes of this user were wrong: none is sent or compared for now
 */
public record ChallengeStatus(
    boolean live,
    long secondsValid,
    long secondsUntilResend,
    boolean exhausted,
    Optional<Delivery> delivery,
    boolean sentAgain,
    boolean stuck,
    boolean locked) {

  /**
   * A message on its way.
   *
   * @param state how far it came
   * @param complete nothing more will be learnt of it
   * @param notSent it surely was not sent, so another may be asked for at once
   * @param path where the page can ask again; empty where it never can
   */
  public record Delivery(DeliveryState state, boolean complete, boolean notSent, String path) {

    /** As if it were being sent, for good: the page must not tell whether there is a message. */
    static final Delivery UNTOLD = new Delivery(DeliveryState.QUEUED, true, false, "");
  }

  /** Whether the newest message was not sent, or did not arrive. */
  public boolean isSendingFailed() {
    return delivery.filter(it -> it.state() == DeliveryState.FAILED).isPresent();
  }
}
