package com.smspm.keycloak.login;

import com.smspm.keycloak.settings.NetworkSettings;
import java.util.List;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.provider.ProviderConfigProperty;

/** The condition of trusted networks, as admins add it to a sub-flow. */
public final class NetworkConditionFactory extends ConditionFactory {

  static final String ID = "conditional-smspm-network";

  private static final NetworkCondition SINGLETON = new NetworkCondition();

  @Override
  public ConditionalAuthenticator getSingleton() {
    return SINGLETON;
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public String getDisplayType() {
    return "Condition - network (SMSPM)";
  }

  @Override
  public String getHelpText() {
    return "Runs the sub-flow outside of trusted networks. Never leaves it out for a level of"
        + " authentication above 1, or where no other factor was shown before.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return NetworkSettings.conditionProperties();
  }
}
