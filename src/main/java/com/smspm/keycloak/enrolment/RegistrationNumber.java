package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.challenge.RefusalText;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.phone.NumberCheck;
import com.smspm.keycloak.phone.NumberRefusal;
import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.RealmSettings;
import com.smspm.keycloak.settings.SignUpSettings;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.FormContext;
import org.keycloak.authentication.ValidationContext;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Takes the number off the registration form: the new user does not get it as an attribute, but a
 * required action that proves it before the account can be used.
 */
final class RegistrationNumber implements FormAction {

  private static final Logger LOG = Logger.getLogger(RegistrationNumber.class);
  private static final String FIELD = "phoneNumber";

  /** Keycloak's page has no list of countries; a theme's own page may have one. */
  private static final String COUNTRY = "country";

  @Override
  public void buildPage(FormContext context, LoginFormsProvider form) {}

  @Override
  public void validate(ValidationContext context) {
    Optional<String> problem = actionMissing(context.getRealm()).or(() -> fieldMissing(context));
    if (problem.isPresent()) {
      refuseToRun(context, problem.get());
      return;
    }
    try {
      Optional<NumberRefusal> refusal =
          check(context).fold(yes -> Optional.<NumberRefusal>empty(), Optional::of);
      if (refusal.filter(it -> !isLeftOut(it, context)).isPresent()) {
        refuse(context, new FormMessage(FIELD, RefusalText.of(refusal.get())));
      } else {
        context.success();
      }
    } catch (InvalidSettings e) {
      refuseToRun(context, e.getMessage());
    }
  }

  private static void refuseToRun(ValidationContext context, String problem) {
    LOG.errorf(
        "Realm %s: the step %s refuses to run: %s",
        context.getRealm().getName(), RegistrationNumberFactory.ID, problem);
    refuse(context, new FormMessage("smspmNotAvailable"));
  }

  private static boolean isLeftOut(NumberRefusal refusal, FormContext context) {
    return refusal == NumberRefusal.EMPTY
        && SignUpSettings.of(context.getAuthenticatorConfig()).numberOptional();
  }

  private static void refuse(ValidationContext context, FormMessage message) {
    context.error(Errors.INVALID_REGISTRATION);
    context.validationError(context.getHttpRequest().getDecodedFormParameters(), List.of(message));
  }

  /** Without it the account could be used before its number is proven. */
  private static Optional<String> actionMissing(RealmModel realm) {
    RequiredActionProviderModel action =
        realm.getRequiredActionProviderByAlias(PhoneNumberActionFactory.ID);
    return action != null && action.isEnabled()
        ? Optional.empty()
        : Optional.of("the required action " + PhoneNumberActionFactory.ID + " is not enabled");
  }

  /** Without it there is a number to be entered, and no place to enter it. */
  private static Optional<String> fieldMissing(FormContext context) {
    if (context.getHttpRequest().getDecodedFormParameters().containsKey(FIELD)) {
      return Optional.empty();
    }
    Attributes profile =
        context
            .getSession()
            .getProvider(UserProfileProvider.class)
            .create(UserProfileContext.REGISTRATION, Map.of())
            .getAttributes();
    return profile.getMetadata(FIELD) != null && !profile.isReadOnly(FIELD)
        ? Optional.empty()
        : Optional.of("the user profile has no attribute " + FIELD + " that users may edit");
  }

  private static NumberCheck check(FormContext context) {
    MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
    return RealmSettings.of(context.getRealm())
        .numbers()
        .check(form.getFirst(FIELD), form.getFirst(COUNTRY));
  }

  @Override
  public void success(FormContext context) {
    UserModel user = context.getUser();
    if (user == null) {
      LOG.errorf(
          "Realm %s: the step %s must stand after the one that creates the user",
          context.getRealm().getName(), RegistrationNumberFactory.ID);
      throw new AuthenticationFlowException(AuthenticationFlowError.INTERNAL_ERROR);
    }
    // Also what a crafted form brought along: nobody has proven anything yet
    PhoneCredentialProvider.dropUnproven(user);
    check(context)
        .fold(
            number -> {
              SignUpNumber.keep(context.getAuthenticationSession(), user, number);
              user.addRequiredAction(PhoneNumberActionFactory.ID);
              return true;
            },
            leftOut -> false);
  }

  @Override
  public boolean requiresUser() {
    return false;
  }

  @Override
  public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
    return true;
  }

  @Override
  public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

  @Override
  public void close() {}
}
