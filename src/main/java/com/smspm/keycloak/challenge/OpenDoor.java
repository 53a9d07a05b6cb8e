package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Purpose;
import java.util.Locale;
import java.util.Optional;

/**
 * A door where nobody has shown yet who they are: all that is known was typed. What happens there
 * must look the same whether a code can be sent or not.
 *
 * @param execution the step that the challenge belongs to, and no other
 * @param typed what was typed: a number in E.164 form, or a name
 * @param decoy why nobody can receive a code; nothing where somebody can. Told in events only.
 */
public record OpenDoor(String execution, String typed, Optional<Hindrance> decoy) {

  /** Why nobody can receive a code, whatever the page says. */
  public enum Hindrance {
    /** No account, or none that has proven the number. */
    UNKNOWN,
    /** More than one account has proven the number. */
    AMBIGUOUS,
    /** The account is disabled. */
    DISABLED,
    /** Keycloak's brute-force detection has locked the account. */
    LOCKED_OUT,
    /** The account has no proven number. */
    NO_NUMBER,
    /** The login is somebody else's already, who has to show it again. */
    SOMEBODY_ELSE,
    /** The realm's number policy refuses the number. */
    NUMBER_REFUSED,
    /** The pumping guard has closed the number's range. */
    RANGE_CLOSED,
    /** Too many codes of the user were wrong. */
    PAUSED,
    /** A budget of the number, the user or the realm is used up. */
    BUDGET;

    String inEvents() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Longer than any name that Keycloak accepts. */
  private static final int LONGEST_NAME = 255;

  /** Names are compared as Keycloak does. */
  public OpenDoor {
    String lower = typed.strip().toLowerCase(Locale.ROOT);
    typed = lower.substring(0, Math.min(lower.length(), LONGEST_NAME));
  }

  /** What limits are counted under that the page may show; apart for each kind of door. */
  String key(Purpose purpose) {
    return purpose + ":" + typed;
  }
}
