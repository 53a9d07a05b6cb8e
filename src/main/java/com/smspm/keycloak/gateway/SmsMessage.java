package com.smspm.keycloak.gateway;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.phone.PhoneNumber;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * One text message on its way to a gateway.
 *
 * @param id our own reference, random, at most 36 characters; not a secret
 * @param purpose what it is for
 * @param to the recipient
 * @param text the whole text, secret where it holds a code
 * @param reportUrl where the gateway may report what became of it; a capability, so secret too
 */
public record SmsMessage(
    String id, Purpose purpose, PhoneNumber to, String text, Optional<URI> reportUrl) {

  public SmsMessage {
    Objects.requireNonNull(id);
    Objects.requireNonNull(purpose);
    Objects.requireNonNull(to);
    Objects.requireNonNull(text);
    Objects.requireNonNull(reportUrl);
  }

  /** Neither text nor report URL: this may be logged. */
  @Override
  public String toString() {
    return "SmsMessage[" + id + " to " + to.masked() + "]";
  }
}
