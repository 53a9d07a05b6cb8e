package com.smspm.keycloak.challenge;

import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;
import java.util.List;

/**
 * What {@code smspm-code.ftl} does with texts, and sees as {@code smspmTexts}: functions of a
 * template would take longer than the rest of the page.
 */
public final class PageTexts {

  private static final String MARKUP = "&<>\"'";

  private static final char LEFT_TO_RIGHT_ISOLATE = '\u2066';
  private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';
  private static final char NO_BREAK_SPACE = '\u00A0';

  /** A number in a sentence: its digits keep their order in any language, and stay on one line. */
  public String isolated(String number) {
    return LEFT_TO_RIGHT_ISOLATE + number.replace(' ', NO_BREAK_SPACE) + POP_DIRECTIONAL_ISOLATE;
  }

  /** 299 becomes {@code 4:59}. */
  public String clock(long seconds) {
    return WaitMessage.clock(seconds);
  }

  /**
   * A text whose form depends on a number. Keycloak 26.4 cannot have it made by a template alone:
   * it gives numbers on as FreeMarker wraps them, and {@code {0,choice,…}} takes no such thing.
   *
   * @param msg as templates know it
   */
  public String counted(TemplateMethodModelEx msg, String key, Object number)
      throws TemplateModelException {
    return msg.exec(List.of(key, number)).toString();
  }

  /**
   * A text as HTML, with general punctuation (U+2000 to U+206F: dots that mask a number, marks
   * around it, an ellipsis) as references. A text that is otherwise of Latin letters would take
   * twice the memory for one of them, and the whole page with it, at each of the many steps that
   * Keycloak takes it through.
   */
  public String html(String text) {
    StringBuilder html = new StringBuilder(2 * text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (MARKUP.indexOf(c) >= 0 || (c >= '\u2000' && c <= '\u206F')) {
        html.append("&#").append((int) c).append(';');
      } else {
        html.append(c);
      }
    }
    return html.toString();
  }
}
