package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.challenge.ShownNumber;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.enrolment.OtherWays.Way;
import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.ReminderSettings;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.common.util.Time;

/** Asks a user whose only second factor is a number to set up another one; it can be put off. */
final class AnotherWayAction implements RequiredActionProvider {

  private static final Logger LOG = Logger.getLogger(AnotherWayAction.class);

  @Override
  public void evaluateTriggers(RequiredActionContext context) {
    Optional<PhoneCredential> phone = PhoneCredentialProvider.stored(context.getUser());
    // After its code: nobody who has shown less may set up another factor
    if (phone.isPresent()
        && ShownNumber.is(context.getAuthenticationSession(), phone.get().number())
        && Occasion.isGood(context)
        && isTime(context, phone.get())
        && !OtherWays.has(context.getUser())
        && !ways(context).offered().isEmpty()) {
      context.getAuthenticationSession().addRequiredAction(AnotherWayActionFactory.ID);
    }
  }

  private static boolean isTime(RequiredActionContext context, PhoneCredential phone) {
    try {
      ReminderSettings settings = ReminderSettings.of(context.getRealm());
      return phone.remindedAt().filter(at -> at.plus(settings.pause()).isAfter(now())).isEmpty();
    } catch (InvalidSettings e) {
      LOG.errorf(
          "Realm %s: the required action %s does not run: %s",
          context.getRealm().getName(), AnotherWayActionFactory.ID, e.getMessage());
      return false;
    }
  }

  @Override
  public void requiredActionChallenge(RequiredActionContext context) {
    if (ways(context).offered().isEmpty()) {
      context.success();
      return;
    }
    context.challenge(new AnotherWayPage(ways(context).offered()).show(context.form()));
  }

  /** The other way is set up by Keycloak's own action, which comes next in this login. */
  @Override
  public void processAction(RequiredActionContext context) {
    String chosen = context.getHttpRequest().getDecodedFormParameters().getFirst("way");
    Optional<Way> way =
        ways(context).offered().stream().filter(it -> it.action().equals(chosen)).findFirst();
    boolean later = context.getHttpRequest().getDecodedFormParameters().containsKey("later");
    if (way.isEmpty() && !later) {
      requiredActionChallenge(context);
      return;
    }
    PhoneCredentialProvider.reminded(context.getUser(), now());
    way.ifPresent(it -> context.getAuthenticationSession().addRequiredAction(it.action()));
    context.success();
  }

  private static OtherWays ways(RequiredActionContext context) {
    return new OtherWays(context.getSession(), context.getRealm());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }

  @Override
  public void close() {}
}
