package com.smspm.keycloak.limits;

import com.smspm.keycloak.limits.ClosedRange.Reason;
import com.smspm.keycloak.phone.NumberRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The ranges of a realm that receive no codes for new numbers: who is an admin may list, open and
 * close them. Each change is an event and a warning in the log. All nodes see the same; a restart
 * of all nodes at once opens everything.
 */
public final class Ranges {

  /** The list shows so many; a range that finds no place in it is closed all the same. */
  public static final int MOST_LISTED = 200;

  /** How long an admin can close a range. For good there is the setting {@code deniedPrefixes}. */
  public static final Duration SHORTEST = Duration.ofMinutes(1);

  public static final Duration LONGEST = Duration.ofDays(30);

  private static final Duration FIRST_CLOSING = Duration.ofHours(1);
  private static final Duration LONGEST_CLOSING = Duration.ofDays(1);

  /** An hour, two, four, eight, sixteen, and then a day each time. */
  private static final int CLOSINGS = 6;

  /** A range that stays open for so long begins at one hour again. */
  private static final Duration MEMORY = Duration.ofDays(1);

  private static final String CLOSED = "range-closed";
  private static final String UNTOLD = "range-opening-untold";
  private static final String CLOSINGS_SO_FAR = "range-closings";
  private static final String OPENED = "range-opened";
  private static final String LIST = "closed-ranges";
  private static final String PLACE = "place";
  private static final String MINUTE = "minute";

  private final Slots slots;
  private final GuardEvents events;

  /**
   * @param mode of the realm's guard; changes are reported as monitored where it is not on
   */
  public Ranges(KeycloakSession session, RealmModel realm, GuardMode mode) {
    this.slots = new Slots(session, realm);
    this.events = new GuardEvents(session, realm, mode);
  }

  /** The ranges closed now, at most {@value #MOST_LISTED}, those that open first first. */
  public List<ClosedRange> list() {
    return IntStream.rangeClosed(1, MOST_LISTED)
        .mapToObj(place -> ClosedRange.decode(slots.noted(LIST, "", place)))
        .flatMap(Optional::stream)
        .sorted((one, other) -> one.until().compareTo(other.until()))
        .toList();
  }

  /**
   * Opens a range at once. What was sent to it until now is not held against it any more, and its
   * next closing is one hour again.
   *
   * @return whether it was closed
   */
  public boolean open(NumberRange range) {
    if (!erase(range)) {
      return false;
    }
    IntStream.rangeClosed(1, CLOSINGS)
        .forEach(closing -> slots.release(CLOSINGS_SO_FAR, range.prefix(), closing));
    String next = Long.toString(minuteNow() + 1);
    slots.note(OPENED, range.prefix(), 1, Tally.KEPT, Map.of(MINUTE, next));
    events.opened(range, "admin");
    return true;
  }

  /**
   * Closes a range, or closes it for another time than before.
   *
   * @param length from {@link #SHORTEST} to {@link #LONGEST}
   * @throws IllegalArgumentException when the length is out of its bounds
   */
  public void close(NumberRange range, Duration length) {
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a range is closed for 1 minute to 30 days");
    }
    erase(range);
    close(range, length, Reason.ADMIN, new Conversion(0, 0));
  }

  /** Whether it is closed. The first who finds it open again reports that. */
  boolean isClosed(NumberRange range) {
    if (slots.isTaken(CLOSED, range.prefix(), 1)) {
      return true;
    }
    if (slots.isTaken(UNTOLD, range.prefix(), 1) && slots.take(UNTOLD, range.prefix(), 1)) {
      events.opened(range, "expired");
    }
    return false;
  }

  /** Closes a range that pays for nobody, each time for twice as long as the last time. */
  void closeFor(NumberRange range, Conversion conversion) {
    int closing = Math.min(closingsOf(range) + 1, CLOSINGS);
    Duration length = lengthOf(closing);
    if (close(range, length, Reason.LOW_CONVERSION, conversion)) {
      slots.release(CLOSINGS_SO_FAR, range.prefix(), closing);
      slots.claimSlot(CLOSINGS_SO_FAR, range.prefix(), closing, length.plus(MEMORY));
    }
  }

  /** The minute from which on messages to a range count: later than an admin's opening of it. */
  long countedSince(NumberRange range, long otherwise) {
    Map<String, String> opened = slots.noted(OPENED, range.prefix(), 1);
    return opened == null ? otherwise : Math.max(otherwise, Long.parseLong(opened.get(MINUTE)));
  }

  static long minuteNow() {
    return Time.currentTimeMillis() / 60_000;
  }

  static Duration lengthOf(int closing) {
    Duration doubled = FIRST_CLOSING.multipliedBy(1L << (closing - 1));
    return doubled.compareTo(LONGEST_CLOSING) > 0 ? LONGEST_CLOSING : doubled;
  }

  private int closingsOf(NumberRange range) {
    return IntStream.iterate(CLOSINGS, closing -> closing >= 1, closing -> closing - 1)
        .filter(closing -> slots.isTaken(CLOSINGS_SO_FAR, range.prefix(), closing))
        .findFirst()
        .orElse(0);
  }

  private boolean close(NumberRange range, Duration length, Reason reason, Conversion conversion) {
    if (!slots.claimSlot(CLOSED, range.prefix(), 1, length)) {
      return false;
    }
    slots.claimSlot(UNTOLD, range.prefix(), 1, length.plus(MEMORY));
    Instant until = Instant.ofEpochMilli(Time.currentTimeMillis()).plus(length);
    ClosedRange closed =
        new ClosedRange(range, until, reason, conversion.messages(), conversion.verified());
    OptionalInt place = slots.claim(LIST, "", MOST_LISTED, length);
    if (place.isPresent()) {
      slots.note(LIST, "", place.getAsInt(), length, closed.encode());
      slots.note(CLOSED, range.prefix(), 1, length, Map.of(PLACE, "" + place.getAsInt()));
    }
    events.closed(closed, length);
    return true;
  }

  /** Whether it was closed before. */
  private boolean erase(NumberRange range) {
    boolean wasClosed = slots.take(CLOSED, range.prefix(), 1);
    Map<String, String> noted = slots.noted(CLOSED, range.prefix(), 1);
    if (wasClosed && noted != null) {
      int place = Integer.parseInt(noted.get(PLACE));
      slots.eraseNote(LIST, "", place);
      slots.release(LIST, "", place);
      slots.eraseNote(CLOSED, range.prefix(), 1);
    }
    slots.release(UNTOLD, range.prefix(), 1);
    return wasClosed;
  }
}
