package com.smspm.keycloak.it;

import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RealmRepresentation;

/** What an admin does so that a number, or a name and a code, is enough to begin with. */
final class OpenDoors {

  /** Nothing behind the password. */
  static final Consumer<TestFlow> PASSWORD_ONLY = flow -> {};

  private OpenDoors() {}

  /** The phone login beside a password, in a flow of its own. */
  static void loginByPhone(RealmResource realm, String alias) {
    loginByPhone(realm, alias, Map.of(), PASSWORD_ONLY);
  }

  /**
   * @param afterPassword what the password needs beside it
   */
  static void loginByPhone(
      RealmResource realm,
      String alias,
      Map<String, String> settings,
      Consumer<TestFlow> afterPassword) {
    TestFlow flow =
        TestFlow.create(realm, alias)
            .step("auth-cookie", "ALTERNATIVE")
            .step("smspm-phone-login", "ALTERNATIVE");
    if (!settings.isEmpty()) {
      flow.configure(settings);
    }
    flow.sub(
        "ALTERNATIVE",
        sub -> afterPassword.accept(sub.step("auth-username-password-form", "REQUIRED")));
    bindBrowser(realm, alias);
  }

  /** The phone login first, and then what a test adds, all of it required. */
  static void phoneAnd(RealmResource realm, String alias, Consumer<TestFlow> then) {
    then.accept(TestFlow.create(realm, alias).step("smspm-phone-login", "REQUIRED"));
    bindBrowser(realm, alias);
  }

  /** The password alone, and a session that goes on. */
  static void passwordAlone(RealmResource realm, String alias) {
    TestFlow.create(realm, alias)
        .step("auth-cookie", "ALTERNATIVE")
        .sub("ALTERNATIVE", sub -> sub.step("auth-username-password-form", "REQUIRED"));
    bindBrowser(realm, alias);
  }

  static void bindBrowser(RealmResource realm, String alias) {
    RealmRepresentation settings = realm.toRepresentation();
    settings.setBrowserFlow(alias);
    realm.update(settings);
  }

  /** A code, the mail or both, then a new password. */
  static void resetBySms(RealmResource realm, String alias, Map<String, String> settings) {
    resetBySms(realm, alias, settings, flow -> {});
  }

  /**
   * @param afterPassword further steps of the flow
   */
  static void resetBySms(
      RealmResource realm,
      String alias,
      Map<String, String> settings,
      Consumer<TestFlow> afterPassword) {
    TestFlow flow =
        TestFlow.create(realm, alias)
            .step("reset-credentials-choose-user", "REQUIRED")
            .step("smspm-reset", "REQUIRED");
    if (!settings.isEmpty()) {
      flow.configure(settings);
    }
    afterPassword.accept(flow.step("reset-password", "REQUIRED"));
    RealmRepresentation realmSettings = realm.toRepresentation();
    realmSettings.setResetCredentialsFlow(alias);
    realmSettings.setResetPasswordAllowed(true);
    realm.update(realmSettings);
  }
}
