package com.smspm.keycloak.credential;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.util.JsonSerialization;

/**
 * What of a user's other credentials was set up on the word of a number alone: then it is no proof
 * beside that number, since whoever has the SIM would have both. It is kept apart from the number,
 * which its user may delete, in a credential that no provider answers for: Keycloak lets nobody but
 * an admin remove such a one.
 */
public final class SetByNumber {

  private static final String TYPE = "smspm-set-by-number";
  private static final String NO_SECRET = "{}";

  /** The date of a password that lies outside of Keycloak. */
  private static final long UNKNOWN = 0;

  /**
   * What was stored in the request that is told of. Much longer than a request takes, and no harm
   * where it is too long: a factor too many is marked.
   */
  private static final long JUST_NOW_MILLIS = 60_000;

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Data(
      @JsonProperty("passwordDate") Long passwordDate,
      @JsonProperty("factors") Set<String> factors) {

    static final Data NOTHING = new Data(null, Set.of());

    Data {
      factors = factors == null ? Set.of() : Set.copyOf(factors);
    }
  }

  private SetByNumber() {}

  /**
   * Whether the user's password was set on the word of a number alone. One that has taken its place
   * since, by whatever way, was not.
   */
  public static boolean isPassword(UserModel user) {
    Long marked = data(user).passwordDate();
    return marked != null && (marked == UNKNOWN || marked == passwordDate(user));
  }

  /** Whether it was, before a new one took its place just now. */
  static boolean wasPassword(UserModel user) {
    return data(user).passwordDate() != null;
  }

  /**
   * Whether any of a user's credentials of a type, other than the password, was set up on the word
   * of a number alone: which of several was used in a login is not known.
   */
  public static boolean isFactor(UserModel user, String type) {
    Set<String> factors = data(user).factors();
    return !factors.isEmpty()
        && credentials(user, type).map(CredentialModel::getId).anyMatch(factors::contains);
  }

  /** A credential of this type was just set on the word of a number alone. */
  static void remember(UserModel user, String type) {
    if (PasswordCredentialModel.TYPE.equals(type)) {
      long date = passwordDate(user);
      change(user, it -> new Data(date, it.factors()));
    } else {
      List<String> fresh =
          credentials(user, type).filter(SetByNumber::isFresh).map(CredentialModel::getId).toList();
      change(user, it -> new Data(it.passwordDate(), union(user, it.factors(), fresh)));
    }
  }

  /** A password may have been set in a way that nobody tells of. */
  static void forgetReplacedPassword(UserModel user) {
    if (!isPassword(user)) {
      forgetPassword(user);
    }
  }

  /** A password was just set in another way. */
  static void forgetPassword(UserModel user) {
    if (wasPassword(user)) {
      change(user, it -> new Data(null, it.factors()));
    }
  }

  /** There is one set of recovery codes, and its form says when it was made. */
  private static boolean isFresh(CredentialModel credential) {
    return RecoveryAuthnCodesCredentialModel.TYPE.equals(credential.getType())
        || credential.getCreatedDate() == null
        || credential.getCreatedDate() >= Time.currentTimeMillis() - JUST_NOW_MILLIS;
  }

  /** Without those that are gone. */
  private static Set<String> union(UserModel user, Set<String> before, List<String> fresh) {
    return Stream.concat(
            before.stream()
                .filter(it -> user.credentialManager().getStoredCredentialById(it) != null),
            fresh.stream())
        .collect(Collectors.toSet());
  }

  /** A password keeps its id and gets a new date. */
  private static long passwordDate(UserModel user) {
    return credentials(user, PasswordCredentialModel.TYPE)
        .map(CredentialModel::getCreatedDate)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static Data data(UserModel user) {
    return stored(user).map(SetByNumber::dataIn).orElse(Data.NOTHING);
  }

  private static Stream<CredentialModel> credentials(UserModel user, String type) {
    return user.credentialManager().getStoredCredentialsByTypeStream(type);
  }

  private static Optional<CredentialModel> stored(UserModel user) {
    return credentials(user, TYPE).findFirst();
  }

  private static void change(UserModel user, UnaryOperator<Data> how) {
    Optional<CredentialModel> before = stored(user);
    Data after = how.apply(before.map(SetByNumber::dataIn).orElse(Data.NOTHING));
    before.ifPresent(it -> user.credentialManager().removeStoredCredentialById(it.getId()));
    if (!after.equals(Data.NOTHING)) {
      CredentialModel credential = new CredentialModel();
      credential.setType(TYPE);
      credential.setSecretData(NO_SECRET);
      credential.setCredentialData(json(after));
      credential.setCreatedDate(Time.currentTimeMillis());
      user.credentialManager().createStoredCredential(credential);
    }
  }

  private static String json(Data data) {
    try {
      return JsonSerialization.writeValueAsString(data);
    } catch (IOException e) {
      throw new IllegalStateException("a record of texts and numbers is always JSON", e);
    }
  }

  /** What cannot be read, an import perhaps, says the worst of the password. */
  private static Data dataIn(CredentialModel credential) {
    try {
      Data data = JsonSerialization.readValue(credential.getCredentialData(), Data.class);
      return data == null ? Data.NOTHING : data;
    } catch (IOException | IllegalArgumentException notJson) {
      return new Data(UNKNOWN, Set.of());
    }
  }
}
