package com.smspm.keycloak.device;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.credential.CredentialModel;
import org.keycloak.util.JsonSerialization;

/**
 * A browser on which a user need not enter a code for a while, as Keycloak stores it. Of what the
 * browser keeps there are only hashes here.
 */
public final class TrustedDevice extends CredentialModel {

  /** The credential type. */
  public static final String TYPE = "smspm-trusted-device";

  /**
   * For how long the secret before the newest stays good. Tabs that were opened together send the
   * same one, and an answer with a new one can get lost on its way. A copy can be used for as long
   * without being noticed, so it is no longer than a slow page takes. For as long there is no newer
   * one either, or the one before would not stay good.
   */
  static final Duration GRACE = Duration.ofSeconds(60);

  private static final long serialVersionUID = 1L;

  /** What a token is to a device. */
  enum Judgement {
    /** It is another device's, or nobody's. */
    STRANGE,
    /** Its newest secret. */
    NEWEST,
    /** The secret before that, within {@link #GRACE}. */
    NEARLY_NEWEST,
    /** One that was replaced longer ago: somebody has a copy. */
    COPY,
    /** The days are over. */
    OVER,
    /** Password or number are no longer those of the day on which it was trusted. */
    OUTDATED
  }

  /** {@code credentialData}: seconds since 1970. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Data(@JsonProperty("trustedAt") long trustedAt, @JsonProperty("until") long until) {}

  /** {@code secretData}: hashes, and the second in which the newest replaced the one before. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Secrets(
      @JsonProperty("series") String series,
      @JsonProperty("newest") String newest,
      @JsonProperty("before") String before,
      @JsonProperty("renewedAt") long renewedAt,
      @JsonProperty("account") String account) {}

  /** What matches nothing, for what cannot be read. */
  private static final Data NO_DATA = new Data(0, 0);

  private static final Secrets NO_SECRETS = new Secrets("", "", "", 0, "");

  private final transient Data data;
  private final transient Secrets secrets;

  private TrustedDevice(Data data, Secrets secrets) {
    this.data = data;
    this.secrets = secrets;
    setType(TYPE);
  }

  /**
   * @param account what password and number are now, see {@link AccountState}
   */
  static TrustedDevice of(DeviceToken token, String account, Instant now, Duration life) {
    long second = now.getEpochSecond();
    TrustedDevice device =
        new TrustedDevice(
            new Data(second, second + life.toSeconds()),
            new Secrets(token.seriesHash(), token.secretHash(), "", 0, account));
    device.setCreatedDate(now.toEpochMilli());
    device.setCredentialData(json(device.data));
    device.setSecretData(json(device.secrets));
    return device;
  }

  /** Reads a stored or imported one. What cannot be read is no device of anybody. */
  static TrustedDevice of(CredentialModel model) {
    TrustedDevice device =
        new TrustedDevice(
            read(model.getCredentialData(), Data.class, NO_DATA),
            read(model.getSecretData(), Secrets.class, NO_SECRETS));
    device.setSecretData(model.getSecretData());
    return device.identifiedAs(model);
  }

  /** The same device after its secret has been used. */
  TrustedDevice renewed(DeviceToken token, Instant now) {
    TrustedDevice device =
        new TrustedDevice(
            data,
            new Secrets(
                secrets.series,
                token.secretHash(),
                secrets.newest,
                now.getEpochSecond(),
                secrets.account));
    device.setSecretData(json(device.secrets));
    return device.identifiedAs(this);
  }

  private TrustedDevice identifiedAs(CredentialModel model) {
    setId(model.getId());
    setUserLabel(model.getUserLabel());
    setCreatedDate(model.getCreatedDate());
    setCredentialData(model.getCredentialData());
    return this;
  }

  /**
   * @param account what password and number are now, see {@link AccountState}
   * @param longest days that the admin allows now; it may have been more when the device was
   *     trusted
   */
  Judgement judge(DeviceToken token, String account, Instant now, Duration longest) {
    long second = now.getEpochSecond();
    if (!isOf(token)) {
      return Judgement.STRANGE;
    }
    if (isOver(now) || second >= data.trustedAt + longest.toSeconds()) {
      return Judgement.OVER;
    }
    if (!isOf(account)) {
      return Judgement.OUTDATED;
    }
    if (equal(secrets.newest, token.secretHash())) {
      return Judgement.NEWEST;
    }
    return isFresh(now) && equal(secrets.before, token.secretHash())
        ? Judgement.NEARLY_NEWEST
        : Judgement.COPY;
  }

  /** Whether the secret before the newest is good still. */
  boolean isFresh(Instant now) {
    return now.getEpochSecond() <= secrets.renewedAt + GRACE.toSeconds();
  }

  /** Whether a token belongs to this device, whatever its secret is. */
  boolean isOf(DeviceToken token) {
    return equal(secrets.series, token.seriesHash());
  }

  /** Whether password and number are still those of the day on which it was trusted. */
  boolean isOf(String account) {
    return equal(secrets.account, account);
  }

  /** Seconds since 1970. */
  long trustedAt() {
    return data.trustedAt;
  }

  boolean isOver(Instant now) {
    return now.getEpochSecond() >= data.until;
  }

  long secondsLeft(Instant now) {
    return data.until - now.getEpochSecond();
  }

  /** Names the newest secret, without telling anything of it. */
  String newestSecret() {
    return secrets.newest;
  }

  private static boolean equal(String stored, String shown) {
    return stored != null
        && !stored.isEmpty()
        && MessageDigest.isEqual(
            stored.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  private static <T> T read(String json, Class<T> type, T otherwise) {
    try {
      T value = json == null ? null : JsonSerialization.readValue(json, type);
      return value == null ? otherwise : value;
    } catch (IOException notOurs) {
      return otherwise;
    }
  }

  private static String json(Object values) {
    try {
      return JsonSerialization.writeValueAsString(values);
    } catch (IOException e) {
      throw new IllegalStateException("a record of texts and numbers is always JSON", e);
    }
  }
}
