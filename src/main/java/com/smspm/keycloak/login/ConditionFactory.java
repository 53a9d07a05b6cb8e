package com.smspm.keycloak.login;

import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;

/** What our conditions have in common for admins. */
abstract class ConditionFactory extends StepFactory implements ConditionalAuthenticatorFactory {

  private static final Requirement[] CHOICES = {Requirement.REQUIRED, Requirement.DISABLED};

  @Override
  public Requirement[] getRequirementChoices() {
    return CHOICES.clone();
  }
}
