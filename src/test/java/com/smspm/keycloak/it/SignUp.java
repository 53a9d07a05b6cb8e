package com.smspm.keycloak.it;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.UserRepresentation;

/** Somebody who signs up, and what is entered in the form. */
record SignUp(RealmResource realm, String name, String number) {

  static SignUp somebody(RealmResource realm) {
    String number = TestUser.anotherNumber();
    return new SignUp(realm, "new" + number.substring(1), number);
  }

  /** Opens the registration page, fills everything in and sends it. */
  void submit(TestBrowser browser) {
    open(browser).enter(fields(), null);
  }

  /** From the login page, as users do. */
  static TestBrowser open(TestBrowser browser, String... parameters) {
    return browser.open(parameters).register();
  }

  Map<String, String> fields() {
    Map<String, String> fields = new HashMap<>();
    fields.put("username", name);
    fields.put("email", name + "@example.com");
    fields.put("firstName", "New");
    fields.put("lastName", "User");
    fields.put("password", TestUser.PASSWORD);
    fields.put("password-confirm", TestUser.PASSWORD);
    fields.put("phoneNumber", number);
    return fields;
  }

  /** The same, but for one field. */
  Map<String, String> fields(String field, String value) {
    Map<String, String> fields = fields();
    fields.put(field, value);
    return fields;
  }

  /** The account, which must be there by now. */
  TestUser user() {
    UserRepresentation user = realm.users().search(name, true).get(0);
    return new TestUser(realm, user.getId(), name, number);
  }

  boolean hasAccount() {
    return !realm.users().search(name, true).isEmpty();
  }
}
