package com.smspm.keycloak.it.containers;

import com.smspm.keycloak.simulator.Message;
import com.smspm.keycloak.simulator.SmspmSimulator;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A user made for one test, with a proven number or none yet. */
record DemoUser(RealmResource realm, String id, String name, String number) {

  static final String PASSWORD = "password";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicInteger COUNT = new AtomicInteger();

  static DemoUser create(RealmResource realm) {
    return create(realm, true);
  }

  static DemoUser createWithoutNumber(RealmResource realm) {
    return create(realm, false);
  }

  private static DemoUser create(RealmResource realm, boolean proven) {
    int count = COUNT.incrementAndGet();
    String number = String.format(Locale.ROOT, "+372568%05d", count);
    UserRepresentation user = new UserRepresentation();
    user.setUsername("user" + count);
    user.setEmail("user" + count + "@example.com");
    user.setFirstName("Test");
    user.setLastName("User");
    user.setEnabled(true);
    CredentialRepresentation password = new CredentialRepresentation();
    password.setType(CredentialRepresentation.PASSWORD);
    password.setValue(PASSWORD);
    CredentialRepresentation phone = new CredentialRepresentation();
    phone.setType("smspm-phone");
    phone.setCredentialData("{\"phoneNumber\":\"" + number + "\",\"verifiedAt\":1767225600}");
    phone.setSecretData("{}");
    user.setCredentials(proven ? List.of(password, phone) : List.of(password));
    try (Response created = realm.users().create(user)) {
      String path = created.getLocation().getPath();
      String id = path.substring(path.lastIndexOf('/') + 1);
      return new DemoUser(realm, id, user.getUsername(), number);
    }
  }

  /** The code of the newest of so many messages. */
  String code(SmspmSimulator simulator, int messages) {
    List<Message> came = simulator.awaitMessagesTo(number, messages, PATIENCE);
    if (came.size() != messages) {
      throw new AssertionError(came.size() + " messages came, " + messages + " were expected");
    }
    return came.get(0).code();
  }

  static String wrong(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  /** Codes that were compared and were wrong. */
  long guesses() {
    List<EventRepresentation> errors =
        realm.getEvents(List.of("LOGIN_ERROR"), null, id, null, null, null, 0, 1000);
    return errors.stream()
        .filter(it -> "invalid_user_credentials".equals(it.getError()))
        .filter(it -> !it.getDetails().containsKey("smspm_reason"))
        .count();
  }

  /** What Keycloak's own brute-force detection has counted. */
  Object bruteForce(String what) {
    return realm.attackDetection().bruteForceUserStatus(id).get(what);
  }
}
