package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.challenge.Vouching;
import com.smspm.keycloak.credential.IdentifiedByNumber;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.LifeSettings;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What is looked after at every login, so it must cost next to nothing where nothing is to do. */
final class NumberCare {

  private static final Logger LOG = Logger.getLogger(NumberCare.class);

  private NumberCare() {}

  static void take(RequiredActionContext context) {
    KeycloakSession session = context.getSession();
    RealmModel realm = context.getRealm();
    UserModel user = context.getUser();
    IdentifiedByNumber.carry(session, context.getAuthenticationSession(), user);
    Vouching.apply(session, realm, user);
    PhoneCredentialProvider.of(session).complete(realm, user);
    try {
      Confirmation confirmation = new Confirmation(context, LifeSettings.of(realm));
      if (confirmation.isProvenByTheWay()) {
        PhoneCredentialProvider.confirm(user, Instant.ofEpochMilli(Time.currentTimeMillis()));
      } else if (confirmation.due().isPresent() && Occasion.isGood(context)) {
        // Of this login only: what is asked depends on the time, and on how the user logs in
        context.getAuthenticationSession().addRequiredAction(PhoneNumberActionFactory.ID);
      }
    } catch (InvalidSettings e) {
      // The step and the action say so when they run; a login that needs neither goes on
      LOG.debugf("Realm %s: %s", realm.getName(), e.getMessage());
    }
  }
}
