package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.enrolment.OtherWays.Way;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.forms.login.LoginFormsProvider;

/**
 * The page that asks for another way to sign in. The getters are what {@code smspm-another-way.ftl}
 * sees as {@code smspmNudge}.
 */
public final class AnotherWayPage {

  private static final String TEMPLATE = "smspm-another-way.ftl";

  private final List<Way> ways;

  AnotherWayPage(List<Way> ways) {
    this.ways = ways;
  }

  Response show(LoginFormsProvider form) {
    return form.setAttribute("smspmNudge", this).createForm(TEMPLATE);
  }

  public List<Choice> getWays() {
    return ways.stream().map(way -> new Choice(way.action(), way.label())).toList();
  }

  /** One button. */
  public static final class Choice {

    private final String action;
    private final String label;

    Choice(String action, String label) {
      this.action = action;
      this.label = label;
    }

    public String getAction() {
      return action;
    }

    /** The key of a text. */
    public String getLabel() {
      return label;
    }
  }
}
