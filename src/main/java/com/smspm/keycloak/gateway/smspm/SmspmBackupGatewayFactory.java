package com.smspm.keycloak.gateway.smspm;

/**
 * A second SMSPM account with the same options, for realms that the first one has no account for.
 */
public final class SmspmBackupGatewayFactory extends SmspmGatewayFactory {

  @Override
  public String getId() {
    return "smspm-backup";
  }
}
