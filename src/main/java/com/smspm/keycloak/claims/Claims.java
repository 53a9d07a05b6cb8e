package com.smspm.keycloak.claims;

import java.util.Optional;
import org.keycloak.protocol.ProtocolMapperUtils;
import org.keycloak.representations.IDToken;

/** What both mappers do with a token. */
final class Claims {

  /** Keycloak's own mappers have 0 to 50, and the higher ones run later. */
  static final int AFTER_ALL_OTHERS = ProtocolMapperUtils.PRIORITY_SCRIPT_MAPPER + 50;

  private Claims() {}

  /** Writes a claim over whatever another mapper has put there, or takes that away. */
  static void set(IDToken token, String claim, Optional<?> value) {
    if (value.isPresent()) {
      token.getOtherClaims().put(claim, value.get());
    } else {
      token.getOtherClaims().remove(claim);
    }
  }
}
