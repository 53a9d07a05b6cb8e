package com.smspm.keycloak.gateway.smspm;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.gateway.SmsGatewayFactory;
import com.smspm.keycloak.settings.AccountSettings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;

class BackupAccountTest {

  private static final Map<String, String> OPTIONS = Map.of("hash", "h", "token", "t");

  @Test
  void theServersAccountHasABackup() {
    assertThat(hasChannel(new SmspmBackupGatewayFactory(), Map.of())).isTrue();
    assertThat(hasChannel(new SmspmBackupGatewayFactory(), Map.of(AccountSettings.SENDER, "Shop")))
        .isTrue();
  }

  @Test
  void nobodyElsePaysForARealmWithAnAccountOfItsOwn() {
    assertThat(
            hasChannel(
                new SmspmBackupGatewayFactory(),
                Map.of(
                    AccountSettings.HASH,
                    "${vault.hash}",
                    AccountSettings.TOKEN,
                    "${vault.token}")))
        .isFalse();
    assertThat(
            hasChannel(
                new SmspmBackupGatewayFactory(), Map.of(AccountSettings.TOKEN, "${vault.token}")))
        .isFalse();
  }

  private static boolean hasChannel(SmsGatewayFactory factory, Map<String, String> realmSettings) {
    factory.init(Fixture.scope(OPTIONS));
    RequiredActionConfigModel config = new RequiredActionConfigModel();
    config.setConfig(realmSettings);
    RealmModel realm =
        Fixture.proxy(
            RealmModel.class, Map.of("getRequiredActionConfigByAlias", Optional.of(config)));
    return factory.create(Fixture.session(null)).channel(realm).isPresent();
  }
}
