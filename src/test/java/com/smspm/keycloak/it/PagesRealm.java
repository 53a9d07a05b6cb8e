package com.smspm.keycloak.it;

import java.util.List;
import java.util.Set;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.testframework.realm.RealmBuilder;

/**
 * The realm that is shipped, with more languages, and with room for many tests from one address.
 */
public class PagesRealm extends DemoRealm {

  @Override
  public RealmBuilder configure(RealmBuilder ignored) {
    RealmRepresentation realm = super.configure(ignored).build();
    realm.setSupportedLocales(Set.of("en", "de", "ar"));
    for (RequiredActionProviderRepresentation action : realm.getRequiredActions()) {
      if (action.getProviderId().equals("smspm-phone-number")) {
        action.getConfig().put("perAddressHour", "10000");
        action.getConfig().put("pumpingGuard", "off");
        action.getConfig().put("reverifyMonths", "6");
      }
    }
    return RealmBuilder.update(realm);
  }

  /** The themes that the pages are looked at in. */
  static List<String> themes() {
    return List.of("keycloak.v2", "keycloak");
  }

  /** Has the realm's login pages appear in a theme. */
  static void show(RealmResource realm, String theme) {
    RealmRepresentation settings = realm.toRepresentation();
    if (!theme.equals(settings.getLoginTheme())) {
      settings.setLoginTheme(theme);
      realm.update(settings);
    }
  }
}
