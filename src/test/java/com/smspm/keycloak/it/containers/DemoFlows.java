package com.smspm.keycloak.it.containers;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;

/** What an admin changes in the demo realm's flow. */
final class DemoFlows {

  private static final String FLOW = "browser with SMS";

  private DemoFlows() {}

  /** Lets users choose not to be asked on a device for 30 days. */
  static void offerTrustedDevices(RealmResource realm) {
    realm.flows().getExecutions(FLOW).stream()
        .filter(step -> "smspm-code".equals(step.getProviderId()))
        .map(step -> realm.flows().getAuthenticatorConfig(step.getAuthenticationConfig()))
        .forEach(settings -> offerTrustedDevices(realm, settings));
  }

  private static void offerTrustedDevices(
      RealmResource realm, AuthenticatorConfigRepresentation settings) {
    Map<String, String> changed = new HashMap<>(settings.getConfig());
    changed.put("trustedDeviceDays", "30");
    settings.setConfig(changed);
    realm.flows().updateAuthenticatorConfig(settings.getId(), settings);
  }
}
