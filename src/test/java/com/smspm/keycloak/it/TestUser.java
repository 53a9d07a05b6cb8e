package com.smspm.keycloak.it;

import com.smspm.keycloak.simulator.Message;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * A user of one test alone, since budgets are counted per number and user.
 *
 * @param number the proven one, or one that the user could prove
 */
record TestUser(RealmResource realm, String id, String name, String number) {

  static final String PASSWORD = "password";

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * @param others credentials that the user has beside password and number
   */
  static TestUser withNumber(RealmResource realm, CredentialRepresentation... others) {
    return withNumber(realm, anotherNumber(), others);
  }

  static TestUser withNumber(
      RealmResource realm, String number, CredentialRepresentation... others) {
    List<CredentialRepresentation> credentials = new ArrayList<>(List.of(phone(number)));
    credentials.addAll(List.of(others));
    return create(realm, number, credentials);
  }

  static TestUser withoutNumber(RealmResource realm, CredentialRepresentation... others) {
    return create(realm, anotherNumber(), List.of(others));
  }

  private static TestUser create(
      RealmResource realm, String number, List<CredentialRepresentation> factors) {
    int count = COUNT.incrementAndGet();
    UserRepresentation user = new UserRepresentation();
    user.setUsername("user" + count);
    user.setEmail("user" + count + "@example.com");
    user.setFirstName("Test");
    user.setLastName("User");
    user.setEnabled(true);
    CredentialRepresentation password = new CredentialRepresentation();
    password.setType(CredentialRepresentation.PASSWORD);
    password.setValue(PASSWORD);
    List<CredentialRepresentation> credentials = new ArrayList<>(List.of(password));
    credentials.addAll(factors);
    user.setCredentials(credentials);
    try (Response created = realm.users().create(user)) {
      String path = created.getLocation().getPath();
      String id = path.substring(path.lastIndexOf('/') + 1);
      return new TestUser(realm, id, user.getUsername(), number);
    }
  }

  static CredentialRepresentation phone(String number) {
    CredentialRepresentation phone = new CredentialRepresentation();
    phone.setType("smspm-phone");
    phone.setCredentialData("{\"phoneNumber\":\"" + number + "\",\"verifiedAt\":1767225600}");
    phone.setSecretData("{}");
    return phone;
  }

  /**
   * A mobile number that no other test uses. One after the other is of another range, since many
   * unanswered messages to one range close it; the last digits, which events show, differ too.
   */
  static String anotherNumber() {
    int count = COUNT.incrementAndGet();
    return String.format(Locale.ROOT, "+37256%02d%04d", count % 100, count);
  }

  UserResource admin() {
    return realm.users().get(id);
  }

  List<CredentialRepresentation> phones() {
    return credentials("smspm-phone");
  }

  List<CredentialRepresentation> credentials(String type) {
    return admin().credentials().stream()
        .filter(credential -> credential.getType().equals(type))
        .toList();
  }

  String attribute(String attribute) {
    return admin().toRepresentation().firstAttribute(attribute);
  }

  /** How many messages came to the number so far. */
  int messages() {
    return TestServer.SIMULATOR.messagesTo(number).size();
  }

  /** How many messages have come once there are so many, or patience has ended. */
  int awaitedMessages(int count) {
    return TestServer.SIMULATOR.awaitMessagesTo(number, count, PATIENCE).size();
  }

  /** The code of the newest message, once so many have come. */
  String code(int count) {
    return codeTo(number, count);
  }

  static String codeTo(String number, int count) {
    List<Message> messages = TestServer.SIMULATOR.awaitMessagesTo(number, count, PATIENCE);
    if (messages.size() != count) {
      throw new AssertionError(messages.size() + " messages came, " + count + " were expected");
    }
    return messages.get(0).code();
  }

  /** A code of the same length that is not the right one. */
  static String wrong(String code) {
    char last = code.charAt(code.length() - 1);
    return code.substring(0, code.length() - 1) + (last == '9' ? '0' : (char) (last + 1));
  }
}
