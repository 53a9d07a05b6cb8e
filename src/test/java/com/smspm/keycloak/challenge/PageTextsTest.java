package com.smspm.keycloak.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTextsTest {

  @ParameterizedTest
  @CsvSource({
    "sent to \u2066+372\u00A0••••\u00A0045\u2069…,"
        + " sent to &#8294;+372\u00A0&#8226;&#8226;&#8226;&#8226;\u00A0045&#8297;&#8230;",
    "l’été & \u2000\u206F, l&#8217;été &#38; &#8192;&#8303;",
    "<b title=\"x\"> &amp;, &#60;b title=&#34;x&#34;&#62; &#38;amp;",
    "أرسلنا \u2066+372\u2069, أرسلنا &#8294;+372&#8297;",
    "plain, plain",
    "\u1FFF\u2070, \u1FFF\u2070"
  })
  void markupAndGeneralPunctuationAreWrittenAsReferencesAndNothingElseIsTouched(
      String text, String html) {
    assertThat(new PageTexts().html(text)).isEqualTo(html);
  }

  @Test
  void anApostropheEndsNoAttribute() {
    assertThat(new PageTexts().html("it's")).isEqualTo("it&#39;s");
  }
}
