package com.smspm.keycloak.login;

import com.smspm.keycloak.device.TrustedDevice;
import com.smspm.keycloak.settings.DeviceSettings;
import java.util.List;
import java.util.Set;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** The condition of trusted devices, as admins add it to a sub-flow. */
public final class TrustedDeviceConditionFactory extends ConditionFactory {

  static final String ID = "conditional-smspm-trusted-device";

  private static final TrustedDeviceCondition SINGLETON = new TrustedDeviceCondition();

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
    return "Condition - trusted device (SMSPM)";
  }

  @Override
  public String getHelpText() {
    return "Runs the sub-flow unless its user trusts this device. Never leaves it out for a level"
        + " of authentication above 1, or where no other factor was shown before.";
  }

  /** The account console lists devices where a flow makes use of them. */
  @Override
  public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
    return Set.of(TrustedDevice.TYPE);
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return DeviceSettings.conditionProperties();
  }
}
