package com.smspm.keycloak.gateway.smspm;

/**
 * A second SMSPM account of the server with the same options: it sends where the first one has no
 * account, or cannot send. A realm with an account of its own has no backup, because nobody else
 * pays for its messages.
 */
public final class SmspmBackupGatewayFactory extends SmspmGatewayFactory {

  @Override
  public String getId() {
    return "smspm-backup";
  }

  @Override
  boolean servesRealmsOwn() {
    return false;
  }
}
