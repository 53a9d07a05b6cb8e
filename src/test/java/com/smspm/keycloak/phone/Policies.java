package com.smspm.keycloak.phone;

import java.util.Optional;
import java.util.Set;

/** Policies that differ from the default in one respect. */
final class Policies {

  private Policies() {}

  static NumberPolicy at(String country) {
    return new NumberPolicy(Optional.of(country), Set.of(), Set.of(), false, false, Set.of());
  }

  static NumberPolicy countries(Set<String> allowed, Set<String> denied) {
    return new NumberPolicy(Optional.empty(), allowed, denied, false, false, Set.of());
  }

  static NumberPolicy allowing(boolean voip, boolean landline) {
    return new NumberPolicy(Optional.empty(), Set.of(), Set.of(), voip, landline, Set.of());
  }

  static NumberPolicy withoutPrefixes(String... prefixes) {
    return new NumberPolicy(Optional.empty(), Set.of(), Set.of(), false, false, Set.of(prefixes));
  }
}
