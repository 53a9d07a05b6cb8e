package com.smspm.keycloak.credential;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.smspm.keycloak.phone.PhoneNumber;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.ModelValidationException;
import org.keycloak.util.JsonSerialization;

/** A number that its user has proven to receive messages on, as Keycloak stores it. */
public final class PhoneCredential extends CredentialModel {

  /** The credential type. */
  public static final String TYPE = "smspm-phone";

  private static final long serialVersionUID = 1L;

  /** There is nothing to keep secret: who can read a user may read the number. */
  private static final String NO_SECRET = "{}";

  /** {@code credentialData} as it stands in exports, and as the Admin API takes it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Data(
      @JsonProperty("phoneNumber") String phoneNumber,
      @JsonProperty("verifiedAt") Long verifiedAt,
      @JsonProperty("suspendedAt") Long suspendedAt,
      @JsonProperty("takenAt") Long takenAt,
      @JsonProperty("vouchedBy") String vouchedBy,
      @JsonProperty("confirmedAt") Long confirmedAt,
      @JsonProperty("remindedAt") Long remindedAt) {

    static Data of(PhoneNumber number, Instant verified, String vouchedBy) {
      return new Data(number.e164(), verified.getEpochSecond(), null, null, vouchedBy, null, null);
    }

    Data suspended(Long at) {
      return new Data(phoneNumber, verifiedAt, at, takenAt, vouchedBy, confirmedAt, remindedAt);
    }

    Data taken(Long at) {
      return new Data(phoneNumber, verifiedAt, suspendedAt, at, vouchedBy, confirmedAt, remindedAt);
    }

    Data confirmed(Long at) {
      return new Data(phoneNumber, verifiedAt, suspendedAt, takenAt, vouchedBy, at, remindedAt);
    }

    Data reminded(Long at) {
      return new Data(phoneNumber, verifiedAt, suspendedAt, takenAt, vouchedBy, confirmedAt, at);
    }

    String json() {
      try {
        return JsonSerialization.writeValueAsString(this);
      } catch (IOException e) {
        throw new IllegalStateException("a record of texts and numbers is always JSON", e);
      }
    }
  }

  private final transient PhoneNumber number;
  private final transient Data data;

  private PhoneCredential(PhoneNumber number, Data data, String json) {
    this.number = number;
    this.data = data;
    setType(TYPE);
    setSecretData(NO_SECRET);
    setCredentialData(json);
  }

  /** A credential for a number that was proven at this moment. */
  public static PhoneCredential proven(PhoneNumber number, Instant at) {
    return created(number, at, null);
  }

  /**
   * A credential for a number that nobody was asked to prove.
   *
   * @param by who says that it is this user's, as an admin calls it
   */
  public static PhoneCredential vouched(PhoneNumber number, Instant at, String by) {
    return created(number, at, by);
  }

  private static PhoneCredential stored(PhoneNumber number, Data data) {
    return new PhoneCredential(number, data, data.json());
  }

  private static PhoneCredential created(PhoneNumber number, Instant at, String vouchedBy) {
    PhoneCredential credential = stored(number, Data.of(number, at, vouchedBy));
    credential.setUserLabel(number.masked());
    credential.setCreatedDate(at.toEpochMilli());
    return credential;
  }

  /**
   * Reads a stored or imported credential.
   *
   * @throws ModelValidationException when its {@code credentialData} holds no E.164 number; the
   *     message does not repeat what it holds
   */
  public static PhoneCredential of(CredentialModel model) {
    Data data = dataIn(model.getCredentialData());
    PhoneNumber number =
        PhoneNumber.ofE164(data.phoneNumber())
            .orElseThrow(
                () -> new ModelValidationException(TYPE + ": phoneNumber must be in E.164 form"));
    return new PhoneCredential(number, data, model.getCredentialData()).identifiedAs(model);
  }

  private PhoneCredential identifiedAs(CredentialModel model) {
    setId(model.getId());
    setUserLabel(model.getUserLabel());
    setCreatedDate(model.getCreatedDate());
    return this;
  }

  private static Data dataIn(String credentialData) {
    try {
      Data data = JsonSerialization.readValue(credentialData, Data.class);
      if (data != null && data.phoneNumber() != null) {
        return data;
      }
    } catch (IOException | IllegalArgumentException notJson) {
      // falls through to the same complaint
    }
    throw new ModelValidationException(
        TYPE + ": credentialData must be {\"phoneNumber\":\"+…\",\"verifiedAt\":<seconds>}");
  }

  /** The proven number. */
  public PhoneNumber number() {
    return number;
  }

  /**
   * Whether no code is sent or accepted, after too many wrong ones; it still counts as the user's
   * second factor, so that nobody is asked to set up another number instead.
   */
  public boolean isSuspended() {
    return data.suspendedAt() != null;
  }

  /**
   * Whether another account has proven the number since. It is nobody's proof any more, and still
   * counts as the user's second factor: a flow that asks who has one goes on asking.
   */
  public boolean isTaken() {
    return data.takenAt() != null;
  }

  /**
   * When its user has last shown to have the number still. Not the same as when it was first
   * proven: a number that is confirmed again is no younger for that.
   */
  public Instant confirmedAt() {
    return at(data.confirmedAt()).or(() -> at(data.verifiedAt())).orElse(Instant.EPOCH);
  }

  /** When its user was last reminded that this is the only second factor. */
  public Optional<Instant> remindedAt() {
    return at(data.remindedAt());
  }

  private static Optional<Instant> at(Long seconds) {
    return Optional.ofNullable(seconds).map(Instant::ofEpochSecond);
  }

  /** The same number, suspended since this moment. */
  PhoneCredential suspended(Instant at) {
    return with(data.suspended(at.getEpochSecond()));
  }

  /** The same number, not suspended. */
  PhoneCredential resumed() {
    return with(data.suspended(null));
  }

  /** When the number was proven; when it was stored, where that was not said. */
  public Instant verifiedAt() {
    long stored = getCreatedDate() == null ? 0 : getCreatedDate();
    return at(data.verifiedAt()).orElse(Instant.ofEpochMilli(stored));
  }

  /** The same number, another account's since this moment: to be stored anew. */
  PhoneCredential taken(Instant at) {
    PhoneCredential taken = with(data.taken(at.getEpochSecond()));
    taken.setId(null);
    return taken;
  }

  /** The same number, shown again at this moment, which ends a suspension. */
  PhoneCredential confirmed(Instant at) {
    return with(data.confirmed(at.getEpochSecond()).suspended(null));
  }

  /** The same number, its user reminded at this moment. */
  PhoneCredential reminded(Instant at) {
    return with(data.reminded(at.getEpochSecond()));
  }

  private PhoneCredential with(Data changed) {
    return stored(number, changed).identifiedAs(this);
  }
}
