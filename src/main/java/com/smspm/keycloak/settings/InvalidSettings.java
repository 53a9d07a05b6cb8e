package com.smspm.keycloak.settings;

/**
 * A setting has a value that cannot be used. The message is for the admin: it names the setting,
 * what was found (never a secret) and what is allowed.
 */
public final class InvalidSettings extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String setting;

  InvalidSettings(String setting, String problem) {
    super(setting + ": " + problem);
    this.setting = setting;
  }

  /** The name of the setting, as in the admin console's form. */
  public String setting() {
    return setting;
  }
}
