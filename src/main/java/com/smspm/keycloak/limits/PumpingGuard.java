package com.smspm.keycloak.limits;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.phone.Countries;
import com.smspm.keycloak.phone.NumberRange;
import com.smspm.keycloak.phone.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Guards against pumping: bots that have codes sent to numbers whose operator pays them for it, and
 * that never enter a code. A range where too few codes are entered is closed for a while; a country
 * only raises an alert, since too many people live in one.
 *
 * <p>Only doors where the number is not yet proven are counted and refused. Bots have no proven
 * numbers, so the logins of those who have one would only hide them, and those users keep their
 * login whatever happens to their range.
 *
 * <p>Numbers that one client address asks for in sequence are a sign: from the third such message
 * in an hour on, half as many messages are enough to close their range. The sign never closes a
 * range by itself, since a company's telephones are numbered in sequence too, but their codes are
 * entered.
 */
public final class PumpingGuard {

  private static final Duration HOUR = Duration.ofHours(1);

  /** A message that is younger may still be answered. */
  private static final int MINUTES_TO_ANSWER = 2;

  private static final int MINUTES_LOOKED_BACK = 60;

  /**
   * Where an hour has enough messages to be judged, one of its six blocks has two of them. So the
   * first message of ten minutes, which is the only one almost everywhere, costs no judgement.
   */
  private static final int WORTH_JUDGING = 2;

  private static final Duration COUNTRY_JUDGED_EVERY = Duration.ofMinutes(1);

  private static final int SEQUENCE = 3;

  /** What no message was sent for is counted in a place of its own, where nothing comes of it. */
  private static final String PRETENDED = "-pretended";

  private static final String SENT = "guard-sent";
  private static final String VERIFIED = "guard-verified";
  private static final String ASKED_FOR = "guard-asked-for";
  private static final String IN_SEQUENCE = "guard-in-sequence";
  private static final String COUNTRY_JUDGED = "country-judged";
  private static final String COUNTRY_ALERTED = "country-alerted";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final GuardMode mode;
  private final String kind;
  private final Slots slots;
  private final Tally sent;
  private final Tally verified;
  private final Ranges ranges;

  public PumpingGuard(KeycloakSession session, RealmModel realm, GuardMode mode) {
    this(session, realm, mode, "");
  }

  private PumpingGuard(KeycloakSession session, RealmModel realm, GuardMode mode, String kind) {
    this.session = session;
    this.realm = realm;
    this.mode = mode;
    this.kind = kind;
    this.slots = new Slots(session, realm);
    this.sent = new Tally(slots, SENT + kind);
    this.verified = new Tally(slots, VERIFIED + kind);
    this.ranges = new Ranges(session, realm, mode);
  }

  /** Whether no message may be sent to this number for this purpose. */
  public boolean refuses(Purpose purpose, PhoneNumber number) {
    return isCounted(purpose) && ranges.isClosed(NumberRange.of(number)) && mode == GuardMode.ON;
  }

  /**
   * Counts a message that is handed over. Its range is judged when the transaction has committed,
   * so that what is closed and reported stays so.
   *
   * @param address of the client
   * @param claims of the message, which give the count back when it was surely not sent: a gateway
   *     that fails must not close anything
   */
  public void sent(Purpose purpose, PhoneNumber number, String address, Claims claims) {
    if (!isCounted(purpose)) {
      return;
    }
    long minute = Ranges.minuteNow();
    NumberRange range = NumberRange.of(number);
    boolean judgeRange = sent.add(range.prefix(), minute, claims) >= WORTH_JUDGING;
    noteSequence(number, range, address);
    Optional<String> country = Countries.countryOf(number);
    country.ifPresent(it -> sent.add(it, minute, claims));
    Optional<String> due =
        country.filter(it -> slots.claimSlot(COUNTRY_JUDGED + kind, it, 1, COUNTRY_JUDGED_EVERY));
    if (judgeRange || due.isPresent()) {
      judgeAfterCommit(judgeRange ? Optional.of(range) : Optional.empty(), due);
    }
  }

  /**
   * Takes as much time as {@link #sent}, and counts for nothing: there is no message, and nobody
   * must be able to tell that from the time it took.
   */
  public void pretend(Purpose purpose, PhoneNumber number, String address, Claims claims) {
    new PumpingGuard(session, realm, mode, PRETENDED).sent(purpose, number, address, claims);
  }

  /**
   * Counts a message as worth its money; to be called once for each challenge that was answered.
   *
   * @param sentAt when its first message was sent
   */
  public void verified(Purpose purpose, PhoneNumber number, Instant sentAt) {
    if (isCounted(purpose)) {
      long minute = sentAt.getEpochSecond() / 60;
      Claims forGood = new Claims(realm.getId());
      verified.add(NumberRange.of(number).prefix(), minute, forGood);
      Countries.countryOf(number).ifPresent(it -> verified.add(it, minute, forGood));
    }
  }

  private boolean isCounted(Purpose purpose) {
    return mode != GuardMode.OFF && !purpose.numberProven();
  }

  private void noteSequence(PhoneNumber number, NumberRange range, String address) {
    String network = ClientAddress.network(address) + '/';
    long digits = Long.parseLong(number.e164().substring(1));
    boolean first = slots.claimSlot(ASKED_FOR + kind, network + digits, 1, HOUR);
    if (first
        && (slots.isTaken(ASKED_FOR + kind, network + (digits - 1), 1)
            || slots.isTaken(ASKED_FOR + kind, network + (digits + 1), 1))) {
      slots.claim(IN_SEQUENCE + kind, range.prefix(), SEQUENCE, HOUR);
    }
  }

  private void judgeAfterCommit(Optional<NumberRange> range, Optional<String> country) {
    String realmId = realm.getId();
    session
        .getTransactionManager()
        .enlistAfterCompletion(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(), job -> judge(job, realmId));
              }

              @Override
              protected void rollbackImpl() {}

              private void judge(KeycloakSession job, String realmId) {
                RealmModel itsRealm = job.realms().getRealm(realmId);
                if (itsRealm != null) {
                  job.getContext().setRealm(itsRealm);
                  PumpingGuard guard = new PumpingGuard(job, itsRealm, mode, kind);
                  range.ifPresent(guard::judge);
                  country.ifPresent(guard::judgeCountry);
                }
              }
            });
  }

  private void judge(NumberRange range) {
    if (ranges.isClosed(range)) {
      return;
    }
    long since = ranges.countedSince(range, windowStart());
    Conversion conversion = conversion(range.prefix(), since);
    if (conversion.isLow(slots.isTaken(IN_SEQUENCE + kind, range.prefix(), SEQUENCE))
        && kind.isEmpty()) {
      ranges.closeFor(range, conversion);
    }
  }

  private void judgeCountry(String country) {
    Conversion conversion = conversion(country, windowStart());
    if (conversion.isLow(false)
        && kind.isEmpty()
        && slots.claimSlot(COUNTRY_ALERTED, country, 1, HOUR)) {
      new GuardEvents(session, realm, mode).countryAlert(country, conversion);
    }
  }

  /** Of a message that was sent in the last minute before the end, two minutes have passed. */
  private Conversion conversion(String whose, long from) {
    long until = Ranges.minuteNow() - MINUTES_TO_ANSWER;
    int messages = sent.count(whose, from, until);
    return new Conversion(
        messages,
        messages < Conversion.ENOUGH_IN_SEQUENCE ? 0 : verified.count(whose, from, until));
  }

  private static long windowStart() {
    return Ranges.minuteNow() - MINUTES_LOOKED_BACK + 1;
  }
}
