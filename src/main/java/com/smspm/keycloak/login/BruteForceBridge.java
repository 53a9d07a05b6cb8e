package com.smspm.keycloak.login;

import com.smspm.keycloak.credential.Shown;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * Tells Keycloak's brute-force detection of wrong and right codes, as second-factor ones.
 *
 * <p>Up to 26.5 the engine counts every failed step by itself. Since 26.6 it counts a closed set of
 * credential types and drops all others without a word; ours is not in it, so its failures are told
 * as those of a one-time password. The method took a type in 26.6 and takes a set of them since
 * 26.7; whichever is there is called.
 */
final class BruteForceBridge {

  private static final String COUNTED_AS = OTPCredentialModel.TYPE;
  private static final int PARAMETERS_WITH_TYPE = 5;

  /** Empty where the engine counts by itself. */
  private static final Optional<Method> FAILED_LOGIN =
      Stream.of(BruteForceProtector.class.getMethods())
          .filter(method -> method.getName().equals("failedLogin"))
          .filter(method -> method.getParameterCount() == PARAMETERS_WITH_TYPE)
          .findFirst();

  private BruteForceBridge() {}

  /** A code was compared and was wrong. */
  static void failed(AuthenticationFlowContext context) {
    if (context.getRealm().isBruteForceProtected()) {
      FAILED_LOGIN.ifPresent(method -> tell(method, context));
    }
  }

  private static void tell(Method failedLogin, AuthenticationFlowContext context) {
    boolean takesSet = failedLogin.getParameterTypes()[PARAMETERS_WITH_TYPE - 1] == Set.class;
    try {
      failedLogin.invoke(
          context.getProtector(),
          context.getRealm(),
          context.getUser(),
          context.getConnection(),
          context.getUriInfo(),
          takesSet ? Set.of(COUNTED_AS) : COUNTED_AS);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("Keycloak's brute-force detection was not told", e);
    }
  }

  /** The login that this step is part of clears second-factor failures when it succeeds. */
  static void accepted(AuthenticationFlowContext context) {
    if (FAILED_LOGIN.isPresent()) {
      Shown.countAs(context.getAuthenticationSession(), COUNTED_AS);
    }
  }
}
