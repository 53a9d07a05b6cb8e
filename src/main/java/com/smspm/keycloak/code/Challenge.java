package com.smspm.keycloak.code;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One question to one person: which code did we send to this number? It knows its codes by keyed
 * hashes only. Attempts are counted elsewhere, since a value in a session cannot be counted
 * atomically.
 *
 * @param id random, 128 bits
 * @param purpose what the answer will be good for
 * @param userId whose answer counts; empty while nobody is identified
 * @param number the number in E.164 form
 * @param keyId the realm key that the hashes are made with, so that key rotation does not break a
 *     login
 * @param codeLength digits of its codes
 * @param expiresAt the first second in which no code is accepted any more, in epoch seconds
 * @param resendAt the first second in which a further message may be sent, in epoch seconds
 * @param codes the live codes, the newest last, at most two: messages overtake each other, so the
 *     code before a resend stays good; and the one before that, where the resend was not sent
 */
public record Challenge(
    String id,
    Purpose purpose,
    String userId,
    String number,
    String keyId,
    int codeLength,
    long expiresAt,
    long resendAt,
    List<SentCode> codes) {

  /**
   * A code that was handed over for sending.
   *
   * @param hash the keyed hash, URL-safe Base64
   * @param messageId the message that carries it
   */
  public record SentCode(String hash, String messageId) {}

  private static final String VERSION = "1";
  private static final String SEPARATOR = "|";
  private static final int FIXED_FIELDS = 9;
  private static final int LIVE_CODES = 2;
  private static final int ID_BYTES = 16;

  /** Far above any real one, so that nothing that is no challenge is taken apart. */
  private static final int MAX_ENCODED = 4096;

  public Challenge {
    codes = List.copyOf(codes);
    if (codes.size() > LIVE_CODES) {
      throw new IllegalArgumentException("at most two codes are live");
    }
  }

  /** A new challenge without a code yet. */
  public static Challenge open(
      SecureRandom random,
      Purpose purpose,
      String userId,
      String number,
      String keyId,
      CodePolicy policy,
      Instant now) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return new Challenge(
        Base64.getUrlEncoder().withoutPadding().encodeToString(id),
        purpose,
        userId,
        number,
        keyId,
        policy.length(),
        now.getEpochSecond() + policy.validity().toSeconds(),
        now.getEpochSecond(),
        List.of());
  }

  /**
   * This challenge with one more live code. Its end does not move. Where two are live, one makes
   * room: the newest if its message is on no phone, since the one before it may be all that is; and
   * else the oldest.
   *
   * @param unsent whether a message is known not to have been sent; asked of the newest only
   */
  public Challenge with(
      CodeKey key,
      OneTimeCode code,
      String messageId,
      long nextResendAt,
      Predicate<String> unsent) {
    List<SentCode> live = new ArrayList<>(codes);
    if (live.size() == LIVE_CODES) {
      int newest = LIVE_CODES - 1;
      live.remove(unsent.test(live.get(newest).messageId()) ? newest : 0);
    }
    live.add(new SentCode(key.hash(this, code), messageId));
    return new Challenge(
        id, purpose, userId, number, keyId, codeLength, expiresAt, nextResendAt, live);
  }

  /**
   * This challenge, as one whose answer counts for a certain user. Codes that were made for another
   * are no answers any more.
   */
  public Challenge of(String otherUserId) {
    return new Challenge(
        id, purpose, otherUserId, number, keyId, codeLength, expiresAt, resendAt, codes);
  }

  /** Whether this is the answer. The time this takes does not depend on the codes. */
  public boolean isAnsweredBy(CodeKey key, OneTimeCode code) {
    return key.matches(this, code);
  }

  /** Whether the challenge is for this purpose, user and number. */
  public boolean isFor(Purpose otherPurpose, String otherUserId, String otherNumber) {
    return purpose == otherPurpose && userId.equals(otherUserId) && number.equals(otherNumber);
  }

  public boolean isExpired(Instant now) {
    return now.getEpochSecond() >= expiresAt;
  }

  /** Whole seconds until the end, never negative. */
  public long secondsLeft(Instant now) {
    return Math.max(0, expiresAt - now.getEpochSecond());
  }

  /** Whole seconds until a further message may be sent, never negative. */
  public long secondsUntilResend(Instant now) {
    return Math.max(0, resendAt - now.getEpochSecond());
  }

  List<String> codeHashes() {
    return codes.stream().map(SentCode::hash).toList();
  }

  /** As one line of text, for a note of the authentication session. */
  public String encode() {
    List<String> fields = new ArrayList<>();
    fields.add(VERSION);
    fields.add(id);
    fields.add(purpose.name());
    fields.add(URLEncoder.encode(userId, StandardCharsets.UTF_8));
    fields.add(number);
    fields.add(URLEncoder.encode(keyId, StandardCharsets.UTF_8));
    fields.add(Integer.toString(codeLength));
    fields.add(Long.toString(expiresAt));
    fields.add(Long.toString(resendAt));
    for (SentCode code : codes) {
      fields.add(code.hash());
      fields.add(code.messageId());
    }
    return String.join(SEPARATOR, fields);
  }

  /** The challenge that was encoded; nothing for a text that is none. Never throws. */
  public static Optional<Challenge> decode(String text) {
    if (text == null || text.length() > MAX_ENCODED) {
      return Optional.empty();
    }
    String[] fields = text.split("\\" + SEPARATOR, -1);
    boolean pairs = (fields.length - FIXED_FIELDS) % 2 == 0;
    if (fields.length < FIXED_FIELDS || !pairs || !VERSION.equals(fields[0])) {
      return Optional.empty();
    }
    try {
      List<SentCode> codes = new ArrayList<>();
      for (int i = FIXED_FIELDS; i < fields.length; i += 2) {
        Base64.getUrlDecoder().decode(fields[i]);
        codes.add(new SentCode(fields[i], fields[i + 1]));
      }
      return Optional.of(
          new Challenge(
              fields[1],
              Purpose.valueOf(fields[2]),
              URLDecoder.decode(fields[3], StandardCharsets.UTF_8),
              fields[4],
              URLDecoder.decode(fields[5], StandardCharsets.UTF_8),
              Integer.parseInt(fields[6]),
              Long.parseLong(fields[7]),
              Long.parseLong(fields[8]),
              codes));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** Neither hashes nor number. */
  @Override
  public String toString() {
    return "Challenge[" + purpose + ", " + codes.size() + " codes]";
  }
}
