package com.smspm.keycloak.claims;

import com.smspm.keycloak.credential.PasskeyInstead;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/**
 * What a session's user has shown.
 *
 * <p>Keycloak keeps the steps that were completed, each with its time, in a note of the user
 * session: a step-up adds to it, a login that has to begin anew starts with none. Steps that are no
 * longer in any flow are not known any more, and are left out.
 *
 * @param shown each factor with when it was shown last, in seconds since 1970
 * @param enrolledAt when a number was set up in this session, if it was
 */
record SessionSteps(Map<Factor, Integer> shown, Optional<Integer> enrolledAt) {

  /** The required action reports itself as if it were a step. */
  private static final String ENROLMENT = "smspm-phone-number";

  private static final String MULTIPLE = "mfa";

  static SessionSteps of(KeycloakSession session, UserSessionModel userSession) {
    RealmModel realm = userSession.getRealm();
    Steps steps = new Steps(session, realm);
    Map<String, Integer> completed =
        AuthenticatorUtils.parseCompletedExecutions(
            userSession.getNote(Constants.AUTHENTICATORS_COMPLETED));
    Map<Factor, Integer> shown = new EnumMap<>(Factor.class);
    completed.forEach(
        (execution, time) ->
            Optional.ofNullable(realm.getAuthenticationExecutionById(execution))
                .map(AuthenticationExecutionModel::getAuthenticator)
                .flatMap(steps::factor)
                .map(it -> PasskeyInstead.is(userSession, execution) ? Factor.KEY : it)
                .ifPresent(factor -> shown.merge(factor, time, Math::max)));
    if (userSession.getNote(Details.IDENTITY_PROVIDER) != null) {
      shown.put(Factor.IDENTITY_PROVIDER, userSession.getStarted());
    }
    return new SessionSteps(shown, Optional.ofNullable(completed.get(ENROLMENT)));
  }

  /** The values of {@code amr}, in a fixed order. */
  List<String> methods() {
    List<String> methods = new ArrayList<>();
    for (Factor factor : Factor.values()) {
      if (shown.containsKey(factor) || factor == Factor.SMS && enrolledAt.isPresent()) {
        factor.method().ifPresent(methods::add);
      }
    }
    if (factors() > 1) {
      methods.add(MULTIPLE);
    }
    return methods;
  }

  /**
   * A number that was set up in this very session is no second factor in it: whoever came in with
   * the first one chose it. And what an identity provider has asked for counts where no password
   * was asked for here, since Keycloak remembers the provider even when the login began anew.
   */
  private long factors() {
    return shown.entrySet().stream()
        .filter(
            it ->
                it.getKey() != Factor.IDENTITY_PROVIDER
                    || !shown.containsKey(Factor.PASSWORD)
                        && !shown.containsKey(Factor.PASSWORD_OR_PASSKEY))
        .filter(
            it ->
                it.getKey() != Factor.SMS
                    || enrolledAt.isEmpty()
                    || it.getValue() <= enrolledAt.get())
        .count();
  }
}
