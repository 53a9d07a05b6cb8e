package com.smspm.keycloak.credential;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.smspm.keycloak.phone.PhoneNumber;
import java.io.IOException;
import java.time.Instant;
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
      @JsonProperty("resetAt") Long resetAt) {

    String json() {
      try {
        return JsonSerialization.writeValueAsString(this);
      } catch (IOException e) {
        throw new IllegalStateException("a record of three values is always JSON", e);
      }
    }
  }

  private final transient PhoneNumber number;
  private final transient Data data;

  private PhoneCredential(PhoneNumber number, Data data) {
    this.number = number;
    this.data = data;
    setType(TYPE);
    setSecretData(NO_SECRET);
    setCredentialData(data.json());
  }

  /** A credential for a number that was proven at this moment. */
  public static PhoneCredential proven(PhoneNumber number, Instant at) {
    PhoneCredential credential =
        new PhoneCredential(number, new Data(number.e164(), at.getEpochSecond(), null, null));
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
    return new PhoneCredential(number, data).identifiedAs(model);
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

  /** The same number, suspended since this moment. */
  PhoneCredential suspended(Instant at) {
    return new PhoneCredential(
            number,
            new Data(data.phoneNumber(), data.verifiedAt(), at.getEpochSecond(), data.resetAt()))
        .identifiedAs(this);
  }

  /** The same number, not suspended. */
  PhoneCredential resumed() {
    return new PhoneCredential(
            number, new Data(data.phoneNumber(), data.verifiedAt(), null, data.resetAt()))
        .identifiedAs(this);
  }

  /** When the number was proven; when it was stored, where that was not said. */
  public Instant verifiedAt() {
    long stored = getCreatedDate() == null ? 0 : getCreatedDate();
    return data.verifiedAt() == null
        ? Instant.ofEpochMilli(stored)
        : Instant.ofEpochSecond(data.verifiedAt());
  }

  /**
   * Whether the user's password was set on the word of this number alone: then a code by SMS beside
   * it is no second factor.
   */
  public boolean hasResetPassword() {
    return data.resetAt() != null;
  }

  /**
   * The same number, after a password was set.
   *
   * @param at when, on the word of this number alone; null for a password set in another way
   */
  PhoneCredential afterPassword(Instant at) {
    return new PhoneCredential(
            number,
            new Data(
                data.phoneNumber(),
                data.verifiedAt(),
                data.suspendedAt(),
                at == null ? null : at.getEpochSecond()))
        .identifiedAs(this);
  }
}
