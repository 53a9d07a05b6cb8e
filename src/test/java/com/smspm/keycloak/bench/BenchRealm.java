package com.smspm.keycloak.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.credential.CredentialModel;
import org.keycloak.crypto.hash.Argon2Parameters;
import org.keycloak.crypto.hash.Argon2PasswordHashProvider;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.TimeBasedOTP;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.PartialImportRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderSimpleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * A realm whose flow is the password and at most one more step, and its users. Where there is such
 * a step users are alike, whichever it is: each has an authenticator application and a number.
 * Budgets are lifted by giving every login a user and a number of its own. Passwords are hashed
 * once for all users, because only checking them is measured.
 */
final class BenchRealm {

  static final String APPLICATION = "http://127.0.0.1:1/app";
  static final String PASSWORD = "password";

  private static final String FLOW = "bench";
  private static final String TOTP_SECRET = "OnlyForTheBenchmarks";

  /** A batch is one transaction, and what it holds is looked through for each user again. */
  private static final int BATCH = 25;

  /** The second step. */
  enum Kind {
    PASSWORD_ONLY(null),
    TOTP("auth-otp-form"),
    SMS("smspm-code");

    private final String step;

    Kind(String step) {
      this.step = step;
    }
  }

  /** How dear it is to check a password. */
  enum Hashing {
    /** As Keycloak does it by default: nearly all of a login's processor time. */
    DEFAULT,
    /** One round: what is left is the login. */
    CHEAP
  }

  /** One user, for one login where something is compared. */
  record User(BenchRealm realm, String name, String number) {}

  private final Kind kind;
  private final Hashing hashing;
  private final int users;
  private final AtomicInteger used = new AtomicInteger();

  private BenchRealm(Kind kind, Hashing hashing, int users) {
    this.kind = kind;
    this.hashing = hashing;
    this.users = users;
  }

  static BenchRealm create(Keycloak admin, Kind kind, Hashing hashing, int users) {
    BenchRealm realm = new BenchRealm(kind, hashing, users);
    realm.create(admin);
    return realm;
  }

  Kind kind() {
    return kind;
  }

  String name() {
    return ("bench-" + kind + "-" + hashing).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The next user. Where two realms are compared, each user is used once: one who has logged in
   * before is in the server's cache, which saves reading the database.
   */
  User next() {
    int index = used.getAndIncrement();
    if (index >= users && kind != Kind.PASSWORD_ONLY) {
      throw new IllegalStateException("more users are needed than " + users);
    }
    return user(index % users);
  }

  /** What an authenticator application shows now. */
  static String totpCode() {
    return new TimeBasedOTP("HmacSHA1", 6, 30, 1).generateTOTP(TOTP_SECRET);
  }

  private User user(int index) {
    String number = String.format(Locale.ROOT, "+3725%d%06d", 5 + hashing.ordinal(), index);
    return new User(this, "user" + index, number);
  }

  private void create(Keycloak admin) {
    RealmRepresentation realm = new RealmRepresentation();
    realm.setRealm(name());
    realm.setEnabled(true);
    realm.setSslRequired("none");
    if (hashing == Hashing.CHEAP) {
      realm.setPasswordPolicy("hashAlgorithm(pbkdf2-sha256) and hashIterations(1)");
    }
    ClientRepresentation client = new ClientRepresentation();
    client.setClientId("app");
    client.setPublicClient(true);
    client.setRedirectUris(List.of(APPLICATION));
    realm.setClients(List.of(client));
    admin.realms().create(realm);
    bindFlow(admin);
    if (kind == Kind.SMS) {
      enableAction(admin);
    }
    CredentialRepresentation password = password();
    for (int from = 0; from < users; from += BATCH) {
      PartialImportRepresentation batch = new PartialImportRepresentation();
      batch.setIfResourceExists("FAIL");
      List<UserRepresentation> some = new ArrayList<>();
      for (int i = from; i < Math.min(users, from + BATCH); i++) {
        some.add(representation(user(i), password));
      }
      batch.setUsers(some);
      admin.realm(name()).partialImport(batch).close();
    }
  }

  /** As the guide says: what it looks after at every login is part of what a login takes. */
  private void enableAction(Keycloak admin) {
    RequiredActionProviderSimpleRepresentation action =
        new RequiredActionProviderSimpleRepresentation();
    action.setProviderId("smspm-phone-number");
    action.setName("Set up mobile number (SMSPM)");
    admin.realm(name()).flows().registerRequiredAction(action);
  }

  private CredentialRepresentation password() {
    if (hashing == Hashing.CHEAP) {
      // The server does it, at the import
      CredentialRepresentation plain = new CredentialRepresentation();
      plain.setType(CredentialRepresentation.PASSWORD);
      plain.setValue(PASSWORD);
      return plain;
    }
    Argon2PasswordHashProvider argon2 =
        new Argon2PasswordHashProvider(
            Argon2Parameters.DEFAULT_VERSION,
            Argon2Parameters.DEFAULT_TYPE,
            Argon2Parameters.DEFAULT_HASH_LENGTH,
            Argon2Parameters.DEFAULT_MEMORY,
            Argon2Parameters.DEFAULT_ITERATIONS,
            Argon2Parameters.DEFAULT_PARALLELISM,
            new Semaphore(1));
    return representation(argon2.encodedCredential(PASSWORD, Argon2Parameters.DEFAULT_ITERATIONS));
  }

  private UserRepresentation representation(User user, CredentialRepresentation password) {
    UserRepresentation representation = new UserRepresentation();
    representation.setUsername(user.name());
    representation.setEmail(user.name() + "@example.com");
    representation.setFirstName("Bench");
    representation.setLastName("User");
    representation.setEnabled(true);
    List<CredentialRepresentation> credentials = new ArrayList<>(List.of(password));
    if (kind != Kind.PASSWORD_ONLY) {
      credentials.add(
          representation(OTPCredentialModel.createTOTP(TOTP_SECRET, 6, 30, "HmacSHA1")));
      CredentialRepresentation phone = new CredentialRepresentation();
      phone.setType("smspm-phone");
      phone.setCredentialData(
          "{\"phoneNumber\":\"" + user.number() + "\",\"verifiedAt\":1767225600}");
      phone.setSecretData("{}");
      credentials.add(phone);
    }
    representation.setCredentials(credentials);
    return representation;
  }

  private static CredentialRepresentation representation(CredentialModel model) {
    CredentialRepresentation representation = new CredentialRepresentation();
    representation.setType(model.getType());
    representation.setCredentialData(model.getCredentialData());
    representation.setSecretData(model.getSecretData());
    return representation;
  }

  private void bindFlow(Keycloak admin) {
    AuthenticationManagementResource flows = admin.realm(name()).flows();
    AuthenticationFlowRepresentation flow = new AuthenticationFlowRepresentation();
    flow.setAlias(FLOW);
    flow.setProviderId("basic-flow");
    flow.setTopLevel(true);
    flow.setBuiltIn(false);
    flows.createFlow(flow).close();
    flows.addExecution(FLOW, Map.of("provider", "auth-username-password-form"));
    if (kind.step != null) {
      flows.addExecution(FLOW, Map.of("provider", kind.step));
    }
    for (AuthenticationExecutionInfoRepresentation step : flows.getExecutions(FLOW)) {
      step.setRequirement("REQUIRED");
      flows.updateExecutions(FLOW, step);
    }
    RealmRepresentation settings = admin.realm(name()).toRepresentation();
    settings.setBrowserFlow(FLOW);
    admin.realm(name()).update(settings);
  }
}
