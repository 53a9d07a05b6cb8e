package com.smspm.keycloak.it;

import java.util.Map;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.openqa.selenium.Keys;

/** Every page of ours in every state that it has, and how a browser comes to see it. */
enum PageState {
  CODE("A code was sent") {
    @Override
    TestUser open(Visit visit) {
      return visit.signIn(visit.user());
    }
  },
  CODE_TRUST("The device can be trusted") {
    @Override
    TestUser open(Visit visit) {
      TestFlows.configureStep(visit.realm(), "trustedDeviceDays", "30");
      try {
        return visit.signIn(visit.user());
      } finally {
        TestFlows.configureStep(visit.realm(), "trustedDeviceDays", "0");
      }
    }
  },
  CODE_WRONG("The code was wrong") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = visit.signIn(visit.user());
      visit.browser().enterCode(TestUser.wrong(user.code(1)));
      return user;
    }
  },
  CODE_OTHER_WAYS("The code was wrong again, and there are other ways") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = visit.signIn(TestUser.withNumber(visit.realm(), TestFactors.totp()));
      visit.browser().enterCode(TestUser.wrong(user.code(1)));
      visit.browser().enterCode(TestUser.wrong(user.code(1)));
      return user;
    }
  },
  CODE_SENT_AGAIN("Another code was sent") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = visit.signIn(visit.user());
      visit.later(31, () -> visit.browser().leave(() -> visit.browser().run(RESEND)));
      return user;
    }
  },
  CODE_EXPIRED("The code came too late") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = visit.signIn(visit.user());
      String code = user.code(1);
      visit.later(301, () -> visit.browser().enterCode(code));
      return user;
    }
  },
  CODE_EXHAUSTED("Too many codes were wrong") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = visit.signIn(visit.user());
      for (int i = 0; i < ATTEMPTS; i++) {
        visit.browser().enterCode(TestUser.wrong(user.code(1)));
      }
      return user;
    }
  },
  CODE_PAUSED("Far too many codes were wrong") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = visit.user();
      for (int login = 1; login <= FAILURES_BEFORE_PAUSE / ATTEMPTS; login++) {
        int messages = login;
        visit.later(
            login * 31,
            () -> {
              try (TestBrowser guesser = new TestBrowser().signIn(user)) {
                for (int i = 0; i < ATTEMPTS; i++) {
                  guesser.enterCode(TestUser.wrong(user.code(messages)));
                }
              }
            });
      }
      return visit.signIn(user);
    }
  },
  CODE_NOT_SENT("The message could not be sent") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = visit.signIn(TestUser.withNumber(visit.realm(), REFUSED_NUMBER));
      visit
          .browser()
          .await(
              it -> {
                it.driver().navigate().refresh();
                return it.has("#smspm-lead .alert-error");
              });
      return user;
    }
  },
  CODE_SENT_BEFORE("Another login asked for a code just before") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = visit.signIn(visit.user());
      visit.browser().forget();
      return visit.signIn(user);
    }
  },
  CODE_REFUSED("The number is another account's by now") {
    @Override
    TestUser open(Visit visit) {
      CredentialRepresentation taken = TestUser.phone(TestUser.anotherNumber());
      taken.setCredentialData(taken.getCredentialData().replace("}", ",\"takenAt\":1767225600}"));
      return visit.signIn(TestUser.withoutNumber(visit.realm(), taken, TestFactors.totp()));
    }
  },
  CONFIRM("Is the number still the user's?") {
    @Override
    TestUser open(Visit visit) {
      TestUser user =
          visit.signIn(
              TestUser.withoutNumber(
                  visit.realm(), TestFactors.totp(), TestUser.phone(TestUser.anotherNumber())));
      visit
          .browser()
          .leave(() -> visit.browser().find("#otp").sendKeys(TestFactors.totpCode(), Keys.ENTER));
      return user;
    }
  },
  ANOTHER_WAY("A code by SMS is the only second factor") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = visit.user();
      NudgeIT.remind(visit.realm(), true);
      try {
        visit.signIn(user);
        visit.browser().enterCode(user.code(1));
      } finally {
        NudgeIT.remind(visit.realm(), false);
      }
      return user;
    }
  },
  NUMBER("A number is set up") {
    @Override
    TestUser open(Visit visit) {
      return visit.signIn(TestUser.withoutNumber(visit.realm()));
    }
  },
  NUMBER_WRONG("The number is no mobile number") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = NUMBER.open(visit);
      visit
          .browser()
          .leave(() -> visit.browser().find("#phoneNumber").sendKeys(LANDLINE, Keys.ENTER));
      return user;
    }
  },
  NUMBER_CODE("The code for a number that is set up") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = NUMBER.open(visit);
      visit.enterNumber(user.number());
      return user;
    }
  },
  CHANGE("The number is changed, because an application asks for it") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = visit.signIn(visit.user());
      visit.browser().enterCode(user.code(1));
      visit.browser().go(TestBrowser.authorization(visit.with("kc_action", "smspm-phone-number")));
      return user;
    }
  },
  CHANGE_CODE("The code for the number that replaces another one") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = CHANGE.open(visit);
      visit.enterNumber(TestUser.anotherNumber());
      return user;
    }
  },
  LOGIN_NUMBER("A number is asked for in place of a password") {
    @Override
    TestUser open(Visit visit) {
      visit.byPhone(Map.of(), () -> {});
      return TestUser.withoutNumber(visit.realm());
    }
  },
  LOGIN_EITHER("A username or a number is asked for, and what was typed is no number") {
    @Override
    TestUser open(Visit visit) {
      visit.byPhone(Map.of("acceptUsername", "true"), () -> visit.enterNumber(""));
      return TestUser.withoutNumber(visit.realm());
    }
  },
  LOGIN_CODE("A code was sent to the number, or not") {
    @Override
    TestUser open(Visit visit) {
      visit.byPhone(Map.of(), () -> visit.enterNumber(TestUser.anotherNumber()));
      return TestUser.withoutNumber(visit.realm());
    }
  },
  RESET_CODE("A code was sent to who has forgotten the password, or not") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = TestUser.withNumber(visit.realm());
      visit.forgot(user);
      return user;
    }
  },
  SECOND_STEP("A code by SMS was used as the first step already") {
    @Override
    TestUser open(Visit visit) {
      TestUser user = TestUser.withNumber(visit.realm(), TestFactors.totp());
      visit.phoneThenAnotherWay(user);
      return user;
    }
  };

  private static final int ATTEMPTS = 5;
  private static final int FAILURES_BEFORE_PAUSE = 10;
  private static final String REFUSED_NUMBER = "+37250000001";
  private static final String LANDLINE = "+372 6123456";

  /** What a press on the button sends, which waits for the browser's clock and not the server's. */
  private static final String RESEND =
      """
      const field = document.createElement("input");
      field.name = "resend";
      document.getElementById("smspm-code-form").append(field);
      document.getElementById("smspm-code-form").submit();
      """;

  private final String title;

  PageState(String title) {
    this.title = title;
  }

  /** Brings a browser without cookies there, as a user of its own. */
  abstract TestUser open(Visit visit);

  /** As a caption. */
  String title() {
    return title;
  }

  /** As a file name. */
  String file() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /**
   * What leads to a page.
   *
   * @param language of the page, as in {@code ui_locales}
   */
  record Visit(Chromium browser, RealmResource realm, Keycloak admin, String language) {

    TestUser user() {
      return TestUser.withNumber(realm);
    }

    TestUser signIn(TestUser user) {
      browser.signIn(user, with());
      return user;
    }

    /** To the page that asks for a number first; flows are made where they are not there yet. */
    void byPhone(Map<String, String> settings, Runnable then) {
      String flow = "pages phone " + settings.size();
      if (isNew(flow)) {
        OpenDoors.loginByPhone(realm, flow, settings, OpenDoors.PASSWORD_ONLY);
      }
      through(flow, then);
    }

    void forgot(TestUser user) {
      if (isNew("pages reset")) {
        OpenDoors.resetBySms(realm, "pages reset", Map.of());
      }
      browser.go(TestBrowser.authorization(with()));
      browser.go(browser.find("a[href*=reset-credentials]").getAttribute("href"));
      browser.leave(() -> browser.find("#username").sendKeys(user.name(), Keys.ENTER));
    }

    void phoneThenAnotherWay(TestUser user) {
      if (isNew("pages twice")) {
        OpenDoors.phoneAnd(
            realm,
            "pages twice",
            flow ->
                flow.sub(
                    "REQUIRED",
                    sub ->
                        sub.step("smspm-code", "ALTERNATIVE")
                            .step("auth-otp-form", "ALTERNATIVE")));
      }
      through(
          "pages twice",
          () -> {
            enterNumber(user.number());
            browser.enterCode(user.code(1));
          });
    }

    private boolean isNew(String flow) {
      return realm.flows().getFlows().stream().noneMatch(it -> flow.equals(it.getAlias()));
    }

    private void through(String flow, Runnable then) {
      OpenDoors.bindBrowser(realm, flow);
      try {
        browser.go(TestBrowser.authorization(with()));
        then.run();
      } finally {
        OpenDoors.bindBrowser(realm, "browser with SMS");
      }
    }

    void enterNumber(String number) {
      browser.leave(() -> browser.find("#phoneNumber").sendKeys(number, Keys.ENTER));
    }

    /** Does something at a later time of the server's clock. */
    void later(int seconds, Runnable action) {
      ServerClock clock = new ServerClock(admin);
      clock.moveTo(seconds);
      try {
        action.run();
      } finally {
        clock.moveTo(0);
      }
    }

    String[] with(String... parameters) {
      String[] all = new String[parameters.length + 2];
      all[0] = "ui_locales";
      all[1] = language;
      System.arraycopy(parameters, 0, all, 2, parameters.length);
      return all;
    }
  }
}
