package com.smspm.keycloak.credential;

import com.smspm.keycloak.phone.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Stores the proven number of a user: one per user, mirrored to the user's attributes. */
public final class PhoneCredentialProvider
    implements CredentialProvider<PhoneCredential>, CredentialInputValidator {

  private static final String ENROLMENT = "smspm-phone-number";

  private final KeycloakSession session;

  PhoneCredentialProvider(KeycloakSession session) {
    this.session = session;
  }

  /** This provider, of a session. */
  public static PhoneCredentialProvider of(KeycloakSession session) {
    return (PhoneCredentialProvider)
        session.getProvider(CredentialProvider.class, PhoneCredentialProviderFactory.ID);
  }

  /** The proven number of a user. */
  public static Optional<PhoneCredential> find(UserModel user) {
    return user.credentialManager()
        .getStoredCredentialsByTypeStream(PhoneCredential.TYPE)
        .findFirst()
        .map(PhoneCredential::of);
  }

  /** Sends and accepts no code any more for a user's number, until {@link #resume}. */
  public static void suspend(UserModel user, Instant at) {
    find(user)
        .filter(it -> !it.isSuspended())
        .ifPresent(it -> user.credentialManager().updateStoredCredential(it.suspended(at)));
  }

  /** Ends a suspension. */
  public static void resume(UserModel user) {
    find(user)
        .filter(PhoneCredential::isSuspended)
        .ifPresent(it -> user.credentialManager().updateStoredCredential(it.resumed()));
  }

  /** Who has proven this number, as far as an index by attribute can tell. */
  public static Stream<UserModel> provenBy(
      KeycloakSession session, RealmModel realm, PhoneNumber number) {
    return session
        .users()
        .searchForUserByUserAttributeStream(realm, AttributeMirror.NUMBER, number.e164())
        .filter(user -> find(user).filter(it -> it.number().equals(number)).isPresent());
  }

  /**
   * Takes the attributes of a number away from a user who has proven none, whoever wrote them. For
   * a user who is new; those of others may come from elsewhere.
   */
  public static void dropUnproven(UserModel user) {
    if (find(user).isEmpty()) {
      AttributeMirror.clear(user);
    }
  }

  @Override
  public String getType() {
    return PhoneCredential.TYPE;
  }

  /**
   * Stores the number in place of the one before. Imports and the Admin API come through here too.
   */
  @Override
  public CredentialModel createCredential(
      RealmModel realm, UserModel user, PhoneCredential credential) {
    List<CredentialModel> before =
        user.credentialManager().getStoredCredentialsByTypeStream(PhoneCredential.TYPE).toList();
    before.forEach(old -> user.credentialManager().removeStoredCredentialById(old.getId()));
    if (credential.getCreatedDate() == null) {
      credential.setCreatedDate(Time.currentTimeMillis());
    }
    if (credential.getUserLabel() == null) {
      credential.setUserLabel(credential.number().masked());
    }
    CredentialModel stored = user.credentialManager().createStoredCredential(credential);
    AttributeMirror.update(user);
    return stored;
  }

  @Override
  public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
    boolean deleted = user.credentialManager().removeStoredCredentialById(credentialId);
    AttributeMirror.update(user);
    return deleted;
  }

  @Override
  public PhoneCredential getCredentialFromModel(CredentialModel model) {
    return PhoneCredential.of(model);
  }

  @Override
  public boolean supportsCredentialType(String type) {
    return PhoneCredential.TYPE.equals(type);
  }

  @Override
  public boolean isConfiguredFor(RealmModel realm, UserModel user, String type) {
    return supportsCredentialType(type)
        && user.credentialManager().getStoredCredentialsByTypeStream(type).findAny().isPresent();
  }

  /** A code is checked by its challenge and nowhere else; the number itself opens nothing. */
  @Override
  public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
    return false;
  }

  @Override
  public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
    return CredentialTypeMetadata.builder()
        .type(PhoneCredential.TYPE)
        .category(CredentialTypeMetadata.Category.TWO_FACTOR)
        .displayName("smspm-phone-display-name")
        .helpText("smspm-phone-help-text")
        .iconCssClass("kcAuthenticatorOTPClass")
        .createAction(ENROLMENT)
        .removeable(true)
        .build(session);
  }
}
