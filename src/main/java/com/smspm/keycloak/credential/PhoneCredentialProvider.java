package com.smspm.keycloak.credential;

import com.smspm.keycloak.phone.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
import org.keycloak.models.cache.CachedUserModel;

/** Stores the proven number of a user: one per user, mirrored to the user's attributes. */
public final class PhoneCredentialProvider
    implements CredentialProvider<PhoneCredential>, CredentialInputValidator {

  private static final String ENROLMENT = "smspm-phone-number";
  private static final String TOOK = "smspm.took.";

  private final KeycloakSession session;

  PhoneCredentialProvider(KeycloakSession session) {
    this.session = session;
  }

  /** This provider, of a session. */
  public static PhoneCredentialProvider of(KeycloakSession session) {
    return (PhoneCredentialProvider)
        session.getProvider(CredentialProvider.class, PhoneCredentialProviderFactory.ID);
  }

  /** The proven number of a user; nothing where another account has proven it since. */
  public static Optional<PhoneCredential> find(UserModel user) {
    return stored(user).filter(it -> !it.isTaken());
  }

  /** The number of a user, as it is stored: perhaps no proof any more. */
  public static Optional<PhoneCredential> stored(UserModel user) {
    return user.credentialManager()
        .getStoredCredentialsByTypeStream(PhoneCredential.TYPE)
        .findFirst()
        .map(PhoneCredential::of);
  }

  /**
   * From here on a user is read from the database: what Keycloak has cached may be older than what
   * another request has just stored.
   */
  public static void refresh(UserModel user) {
    if (user instanceof CachedUserModel cached) {
      cached.getDelegateForUpdate();
    }
  }

  /** Sends and accepts no code any more for a user's number, until {@link #resume}. */
  public static void suspend(UserModel user, Instant at) {
    change(user, it -> !it.isSuspended(), it -> it.suspended(at));
  }

  /** Ends a suspension. */
  public static void resume(UserModel user) {
    change(user, PhoneCredential::isSuspended, PhoneCredential::resumed);
  }

  /** Notes that the user has shown to have the number still. */
  public static void confirm(UserModel user, Instant at) {
    change(user, it -> !it.isTaken(), it -> it.confirmed(at));
  }

  /** Notes that the user was told how good another way would be. */
  public static void reminded(UserModel user, Instant at) {
    change(user, it -> true, it -> it.reminded(at));
  }

  private static void change(
      UserModel user, Predicate<PhoneCredential> which, UnaryOperator<PhoneCredential> how) {
    stored(user)
        .filter(which)
        .ifPresent(it -> user.credentialManager().updateStoredCredential(how.apply(it)));
  }

  /** Who has proven this number, as far as an index by attribute can tell. */
  public static Stream<UserModel> provenBy(
      KeycloakSession session, RealmModel realm, PhoneNumber number) {
    return indexed(session, realm, number).filter(user -> has(user, number));
  }

  /** The same past Keycloak's cache: for a request that has waited for another one's commit. */
  public static Stream<UserModel> provenByNow(
      KeycloakSession session, RealmModel realm, PhoneNumber number) {
    List<UserModel> users = indexed(session, realm, number).toList();
    users.forEach(PhoneCredentialProvider::refresh);
    return users.stream().filter(user -> has(user, number));
  }

  private static Stream<UserModel> indexed(
      KeycloakSession session, RealmModel realm, PhoneNumber number) {
    return session
        .users()
        .searchForUserByUserAttributeStream(realm, AttributeMirror.NUMBER, number.e164());
  }

  private static boolean has(UserModel user, PhoneNumber number) {
    return find(user).filter(it -> it.number().equals(number)).isPresent();
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

  /**
   * Takes a number from who has proven it, because another account just has. The credential stays:
   * it opens nothing any more, and its user is still asked for a second factor. It is stored anew:
   * another request that writes the old one at this moment must fail, and not give the number back.
   */
  public void take(RealmModel realm, UserModel owner, PhoneNumber number) {
    stored(owner)
        .filter(it -> it.number().equals(number))
        .ifPresent(
            it -> {
              owner.credentialManager().removeStoredCredentialById(it.getId());
              owner.credentialManager().createStoredCredential(it.taken(now()));
            });
    SealedNumber.forget(owner);
    AttributeMirror.update(owner);
    session.setAttribute(TOOK + number.e164(), true);
    publish(realm, owner, NumberChange.Kind.TAKEN, Optional.of(number), Optional.empty());
  }

  /** At a login: makes up for what could not be written when the number came with an import. */
  public void complete(RealmModel realm, UserModel user) {
    SealedNumber.complete(session, realm, user);
  }

  /** Stores a number that its user has just proven, in place of the one before. */
  public void prove(RealmModel realm, UserModel user, PhoneCredential credential) {
    store(realm, user, credential, true);
  }

  @Override
  public String getType() {
    return PhoneCredential.TYPE;
  }

  /**
   * Stores the number in place of the one before. Imports and the Admin API come through here too:
   * that somebody has a number from now on is not told to each of a thousand who are imported.
   */
  @Override
  public CredentialModel createCredential(
      RealmModel realm, UserModel user, PhoneCredential credential) {
    return store(realm, user, credential, false);
  }

  private CredentialModel store(
      RealmModel realm, UserModel user, PhoneCredential credential, boolean byUser) {
    Optional<PhoneNumber> before = find(user).map(PhoneCredential::number);
    List<CredentialModel> old =
        user.credentialManager().getStoredCredentialsByTypeStream(PhoneCredential.TYPE).toList();
    old.forEach(it -> user.credentialManager().removeStoredCredentialById(it.getId()));
    if (credential.getCreatedDate() == null) {
      credential.setCreatedDate(Time.currentTimeMillis());
    }
    if (credential.getUserLabel() == null) {
      credential.setUserLabel(credential.number().masked());
    }
    CredentialModel stored = user.credentialManager().createStoredCredential(credential);
    AttributeMirror.update(user);
    if (byUser) {
      SealedNumber.keep(session, realm, user);
    } else {
      SealedNumber.keepIfPossible(session, realm, user);
    }
    boolean same = before.filter(credential.number()::equals).isPresent();
    if (!same && (before.isPresent() || byUser)) {
      publish(realm, user, kindOf(before, credential), before, Optional.of(credential.number()));
    }
    return stored;
  }

  private NumberChange.Kind kindOf(Optional<PhoneNumber> before, PhoneCredential credential) {
    if (session.getAttribute(TOOK + credential.number().e164()) != null) {
      return NumberChange.Kind.TOOK;
    }
    return before.isPresent() ? NumberChange.Kind.CHANGED : NumberChange.Kind.ADDED;
  }

  @Override
  public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
    Optional<PhoneCredential> before = find(user).filter(it -> credentialId.equals(it.getId()));
    boolean deleted = user.credentialManager().removeStoredCredentialById(credentialId);
    AttributeMirror.update(user);
    if (deleted && before.isPresent()) {
      SealedNumber.forget(user);
      publish(
          realm,
          user,
          NumberChange.Kind.REMOVED,
          before.map(PhoneCredential::number),
          Optional.empty());
    }
    return deleted;
  }

  private void publish(
      RealmModel realm,
      UserModel user,
      NumberChange.Kind kind,
      Optional<PhoneNumber> before,
      Optional<PhoneNumber> now) {
    new NumberChange(session, realm, user, kind, before, now).publish();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
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
