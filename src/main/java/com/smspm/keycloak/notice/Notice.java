package com.smspm.keycloak.notice;

import com.smspm.keycloak.credential.NumberChange;
import java.util.Optional;

/** What is told, and by which texts. */
enum Notice {
  NUMBER_ADDED("smspmMailNumberAdded", null),
  NUMBER_CHANGED("smspmMailNumberChanged", "smspmSmsNumberChanged"),
  NUMBER_REMOVED("smspmMailNumberRemoved", "smspmSmsNumberRemoved"),
  /** No SMS: the number is somebody else's by now. */
  NUMBER_TAKEN("smspmMailNumberTaken", null),
  /** The SMS goes to the number that this user had before, if there was one. */
  NUMBER_TOOK("smspmMailNumberTook", "smspmSmsNumberChanged"),
  WRONG_CODES("smspmMailWrongCodes", null),
  NEW_BROWSER("smspmMailNewBrowser", null);

  private final String mail;
  private final String sms;

  Notice(String mail, String sms) {
    this.mail = mail;
    this.sms = sms;
  }

  static Notice of(NumberChange.Kind kind) {
    return switch (kind) {
      case ADDED -> NUMBER_ADDED;
      case CHANGED -> NUMBER_CHANGED;
      case REMOVED -> NUMBER_REMOVED;
      case TAKEN -> NUMBER_TAKEN;
      case TOOK -> NUMBER_TOOK;
    };
  }

  String mailText() {
    return mail;
  }

  String mailSubject() {
    return mail + "Subject";
  }

  /** The text for the number that is no longer used; nothing where that gets none. */
  Optional<String> smsText() {
    return Optional.ofNullable(sms);
  }

  /** Whether somebody else may have done it in the user's name: then there is something to do. */
  boolean mayBeForeign() {
    return this != NUMBER_TAKEN;
  }
}
