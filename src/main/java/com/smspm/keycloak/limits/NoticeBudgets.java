package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * How many messages without a code are sent. They have budgets of their own: whoever changes and
 * removes a number in a loop uses up neither anybody's codes nor the realm's money.
 */
public final class NoticeBudgets {

  /** Enough to hear of a change and of its reversal, and once more. */
  static final int PER_NUMBER_DAY = 3;

  static final int PER_USER_DAY = 5;

  /** Mails cost nothing, but a mailbox that is full of warnings is not read. */
  static final int MAILS_PER_USER_DAY = 10;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private static final String NUMBER = "notice-number-day";
  private static final String USER = "notice-user-day";
  private static final String REALM = "notice-realm-hour";
  private static final String MAIL = "notice-mail-day-";
  private static final String ONCE = "notice-once-";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final Slots slots;

  public NoticeBudgets(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
    this.slots = new Slots(session, realm);
  }

  /**
   * Claims one SMS; given back when the transaction rolls back.
   *
   * @param number E.164
   * @param perRealmHour for all of the realm's users together; 0 for none
   * @return nothing when a budget is used up
   */
  public Optional<Claims> claimSms(String number, String userId, int perRealmHour) {
    Claims claims = new Claims(realm.getId());
    boolean granted =
        perRealmHour > 0
            && claim(NUMBER, number, PER_NUMBER_DAY, claims)
            && claim(USER, userId, PER_USER_DAY, claims)
            && claimRealm(perRealmHour, claims);
    if (!granted) {
      claims.release(slots);
      return Optional.empty();
    }
    claims.releaseOnRollback(session);
    return Optional.of(claims);
  }

  /**
   * Claims one mail; given back when the transaction rolls back.
   *
   * @param what it tells of: many mails of one kind leave room for those of another
   */
  public boolean claimMail(Enum<?> what, String userId) {
    Claims claims = new Claims(realm.getId());
    boolean granted = claim(MAIL + what.name(), userId, MAILS_PER_USER_DAY, claims);
    claims.releaseOnRollback(session);
    return granted;
  }

  /** Whether this is the first time in 24 hours, for this user, on any node. */
  public boolean isFirstOfDay(String what, String userId) {
    return slots.claimSlot(ONCE + what, userId, 1, DAY);
  }

  private boolean claim(String what, String whose, int size, Claims claims) {
    OptionalInt slot = slots.claim(what, whose, size, DAY);
    slot.ifPresent(it -> claims.add(what, whose, it));
    return slot.isPresent();
  }

  private boolean claimRealm(int cap, Claims claims) {
    OptionalInt slot = new RealmCap(slots, realm, REALM, cap, HOUR).claim();
    slot.ifPresent(it -> claims.add(REALM, "", it));
    return slot.isPresent();
  }
}
