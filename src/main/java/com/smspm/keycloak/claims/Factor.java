package com.smspm.keycloak.claims;

import java.util.Optional;

/** What somebody can be authenticated by; two different ones make several factors. */
enum Factor {
  PASSWORD("pwd"),
  /** A password form where passkeys are accepted too, and nothing tells which of them it was. */
  PASSWORD_OR_PASSKEY(null),
  OTP("otp"),
  SMS("sms"),
  /**
   * A passkey, security key or certificate. Whether its key is secured by hardware ({@code hwk}) is
   * not known; {@code pop} leaves that open (OpenID Connect EAP ACR Values 1.0, in IANA's registry
   * for RFC 8176).
   */
  KEY("pop"),
  RECOVERY_CODE(null),
  KERBEROS(null),
  /** Whatever an identity provider has asked for. */
  IDENTITY_PROVIDER(null);

  private final String method;

  Factor(String method) {
    this.method = method;
  }

  /** Its value in {@code amr} (RFC 8176 §2), where there is one. */
  Optional<String> method() {
    return Optional.ofNullable(method);
  }
}
