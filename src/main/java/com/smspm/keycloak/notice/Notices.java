package com.smspm.keycloak.notice;

import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * Tells users what happens to their accounts: the SPI {@code sms-notice}. A change of the number is
 * told without being asked, wherever it comes from. Everything leaves after this request's
 * transaction has committed, in the background; whatever fails there fails nothing else.
 */
public interface Notices extends Provider {

  /** Several wrong codes in a row came from behind another factor: a mail, once a day at most. */
  void wrongCodes(RealmModel realm, UserModel user);

  /** A code was accepted in this request's browser, which is not known for this user: a mail. */
  void newBrowser(RealmModel realm, UserModel user);

  @Override
  default void close() {}
}
