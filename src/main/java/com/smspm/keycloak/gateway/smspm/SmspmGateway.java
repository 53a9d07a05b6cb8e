package com.smspm.keycloak.gateway.smspm;

import com.smspm.keycloak.gateway.SmsGateway;
import com.smspm.keycloak.settings.AccountSettings;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Sends with a realm's own account, or else with the server's. */
final class SmspmGateway implements SmsGateway {

  private static final String OF_SERVER = "server";

  private final KeycloakSession session;
  private final SmspmOptions options;
  private final OkHttpClient client;
  private final boolean forRealmsOwn;

  /**
   * @param forRealmsOwn whether a realm's own account is used here; if not, a realm that has one
   *     has no channel
   */
  SmspmGateway(
      KeycloakSession session, SmspmOptions options, OkHttpClient client, boolean forRealmsOwn) {
    this.session = session;
    this.options = options;
    this.client = client;
    this.forRealmsOwn = forRealmsOwn;
  }

  @Override
  public Optional<Channel> channel(RealmModel realm) {
    AccountSettings own = AccountSettings.of(realm);
    boolean hasOwn = own.hash().isPresent() || own.token().isPresent();
    if (hasOwn && !forRealmsOwn) {
      return Optional.empty();
    }
    SmspmOptions.Account account =
        new SmspmOptions.Account(
            own.hash()
                .map(reference -> resolve(AccountSettings.HASH, reference))
                .or(options.account()::hash),
            own.token()
                .map(reference -> resolve(AccountSettings.TOKEN, reference))
                .or(options.account()::token),
            own.sender().orElse(options.account().sender()));
    return account.isComplete()
        ? Optional.of(
            new SmspmChannel(
                client,
                options.endpoint(),
                account,
                hasOwn ? "realm " + realm.getName() : OF_SERVER))
        : Optional.empty();
  }

  private String resolve(String setting, String reference) {
    return session
        .vault()
        .getStringSecret(reference)
        .get()
        .orElseThrow(() -> new IllegalStateException(setting + ": the vault has no " + reference));
  }
}
