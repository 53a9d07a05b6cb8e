package com.smspm.keycloak.themes;

import com.smspm.keycloak.challenge.PageTexts;
import com.smspm.keycloak.challenge.WaitMessage;
import com.smspm.keycloak.phone.PhoneNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Our pages, each with the least that it needs. */
final class Pages {

  private Pages() {}

  /** With a message of which more may be learnt. */
  static Page code(String theme, PhoneNumber number) {
    return code(
        theme,
        Map.of(
            "maskedNumber",
            number.masked(),
            "live",
            true,
            "changeNumberPossible",
            true,
            "deliveryState",
            "queued",
            "deliveryPath",
            "/status"));
  }

  static Page change(String theme, PhoneNumber number) {
    return number(theme, Map.of("currentMasked", number.masked()));
  }

  /**
   * @param different from a page on which nothing can be done
   */
  static Page code(String theme, Map<String, Object> different) {
    Map<String, Object> bean = new HashMap<>();
    bean.put("maskedNumber", "+372 •••• 045");
    bean.put("codeLength", 6);
    bean.put("live", false);
    bean.put("secondsValid", 0L);
    bean.put("secondsUntilResend", 0L);
    bean.put("resendPossible", false);
    bean.put("changeNumberPossible", false);
    bean.put("deliveryState", "");
    bean.put("deliveryPath", "");
    bean.put("exhausted", false);
    bean.put("locked", false);
    bean.put("sendingFailed", false);
    bean.put("appInitiated", false);
    bean.put("askSignOutOthers", false);
    bean.put("sentAgain", false);
    bean.put("trustDays", 0L);
    bean.put("trustChosen", false);
    bean.put("otherWaysSuggested", false);
    bean.putAll(different);
    bean.put("wait", WaitMessage.of((Long) bean.get("secondsUntilResend")));
    return new Page(theme).with("smspm", bean).with("smspmTexts", new PageTexts());
  }

  static Page confirm(String theme, boolean inTrouble) {
    return confirm(theme, inTrouble, false);
  }

  /** Where an application wants the number to be changed, and it has to be proven first. */
  static Page confirmBeforeChange(String theme) {
    return confirm(theme, false, true);
  }

  private static Page confirm(String theme, boolean inTrouble, boolean beforeChange) {
    return new Page(theme)
        .with(
            "smspmConfirm",
            Map.of(
                "maskedNumber",
                "+372 •••• 045",
                "postponable",
                inTrouble,
                "changePossible",
                !inTrouble && !beforeChange,
                "beforeChange",
                beforeChange));
  }

  static Page anotherWay(String theme) {
    return new Page(theme)
        .with(
            "smspmNudge",
            Map.of(
                "ways",
                List.of(
                    Map.of("action", "CONFIGURE_TOTP", "label", "otp-display-name"),
                    Map.of(
                        "action",
                        "CONFIGURE_RECOVERY_AUTHN_CODES",
                        "label",
                        "recovery-authn-codes-display-name"))));
  }

  static Page number(String theme, Map<String, Object> different) {
    Map<String, Object> bean = new HashMap<>();
    bean.put("country", "EE");
    bean.put("phoneNumber", "");
    bean.put(
        "countries",
        List.of(
            Map.of("iso", "EE", "name", "Estonia", "callingCode", "372", "example", "5123 4567"),
            Map.of("iso", "DE", "name", "Germany", "callingCode", "49", "example", "")));
    bean.put("example", "5123 4567");
    bean.put("currentMasked", "");
    bean.put("strongerOffered", false);
    bean.put("appInitiated", false);
    bean.put("countryMissing", false);
    bean.putAll(different);
    return new Page(theme).with("smspmNumber", bean);
  }
}
