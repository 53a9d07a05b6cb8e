package com.smspm.keycloak.notice;

import java.util.Optional;
import org.keycloak.models.RealmModel;

/** What users call a realm. */
final class Realms {

  private Realms() {}

  static String nameOf(RealmModel realm) {
    return Optional.ofNullable(realm.getDisplayName())
        .filter(name -> !name.isBlank())
        .orElse(realm.getName());
  }
}
