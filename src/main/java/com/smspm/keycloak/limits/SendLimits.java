package com.smspm.keycloak.limits;

import java.util.OptionalInt;

/**
 * How many messages a realm sends at most, in any hour and in any day.
 *
 * @param numberHour to one number in an hour; SMSPM's users are promised 3 to 5
 * @param numberDay to one number in a day
 * @param userHour for one user in an hour
 * @param userDay for one user in a day
 * @param addressHour asked for from one client address in an hour, at doors where the number is not
 *     yet proven to be the user's
 * @param realmHour in the whole realm in an hour; empty for no cap
 * @param realmDay in the whole realm in a day; empty for no cap
 */
public record SendLimits(
    int numberHour,
    int numberDay,
    int userHour,
    int userDay,
    int addressHour,
    OptionalInt realmHour,
    OptionalInt realmDay) {

  /** What holds where an admin has set nothing. */
  public static final SendLimits DEFAULT =
      new SendLimits(5, 15, 5, 15, 30, OptionalInt.empty(), OptionalInt.empty());

  /** The least and the most that an admin can set; of realms, where there is a cap at all. */
  public static final int MIN_HOUR = 3;

  public static final int MAX_NUMBER_HOUR = 5;
  public static final int MAX_USER_HOUR = 20;
  public static final int MIN_DAY = 5;
  public static final int MAX_DAY = 50;
  public static final int MIN_ADDRESS_HOUR = 5;
  public static final int MAX_ADDRESS_HOUR = 10_000;
  public static final int MIN_REALM = 10;
  public static final int MAX_REALM = 1_000_000;

  /**
   * @throws IllegalArgumentException when a value is out of its bounds
   */
  public SendLimits {
    check("perNumberHour", numberHour, MIN_HOUR, MAX_NUMBER_HOUR);
    check("perNumberDay", numberDay, MIN_DAY, MAX_DAY);
    check("perUserHour", userHour, MIN_HOUR, MAX_USER_HOUR);
    check("perUserDay", userDay, MIN_DAY, MAX_DAY);
    check("perAddressHour", addressHour, MIN_ADDRESS_HOUR, MAX_ADDRESS_HOUR);
    realmHour.ifPresent(cap -> check("perRealmHour", cap, MIN_REALM, MAX_REALM));
    realmDay.ifPresent(cap -> check("perRealmDay", cap, MIN_REALM, MAX_REALM));
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " is out of its bounds");
    }
  }
}
