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
      @JsonProperty("verifiedAt") Long verifiedAt) {}

  private final transient PhoneNumber number;

  private PhoneCredential(PhoneNumber number) {
    this.number = number;
  }

  /** A credential for a number that was proven at this moment. */
  public static PhoneCredential proven(PhoneNumber number, Instant at) {
    PhoneCredential credential = new PhoneCredential(number);
    credential.setType(TYPE);
    credential.setUserLabel(number.masked());
    credential.setCreatedDate(at.toEpochMilli());
    credential.setSecretData(NO_SECRET);
    try {
      credential.setCredentialData(
          JsonSerialization.writeValueAsString(new Data(number.e164(), at.getEpochSecond())));
    } catch (IOException e) {
      throw new IllegalStateException("a record of three values is always JSON", e);
    }
    return credential;
  }

  /**
   * Reads a stored or imported credential.
   *
   * @throws ModelValidationException when its {@code credentialData} holds no E.164 number; the
   *     message does not repeat what it holds
   */
  public static PhoneCredential of(CredentialModel model) {
    PhoneCredential credential = new PhoneCredential(numberIn(model.getCredentialData()));
    credential.setId(model.getId());
    credential.setType(TYPE);
    credential.setUserLabel(model.getUserLabel());
    credential.setCreatedDate(model.getCreatedDate());
    credential.setSecretData(NO_SECRET);
    credential.setCredentialData(model.getCredentialData());
    return credential;
  }

  private static PhoneNumber numberIn(String credentialData) {
    try {
      Data data = JsonSerialization.readValue(credentialData, Data.class);
      return PhoneNumber.ofE164(data.phoneNumber())
          .orElseThrow(
              () -> new ModelValidationException(TYPE + ": phoneNumber must be in E.164 form"));
    } catch (IOException | IllegalArgumentException | NullPointerException notJson) {
      throw new ModelValidationException(
          TYPE + ": credentialData must be {\"phoneNumber\":\"+…\",\"verifiedAt\":<seconds>}");
    }
  }

  /** The proven number. */
  public PhoneNumber number() {
    return number;
  }
}
