package com.smspm.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.theme.beans.MessageFormatterMethod;

/** Every mail, in Keycloak's own email theme. */
class MailTest {

  private static final String SUBJECT = "Subject";

  static Stream<String> notices() {
    return ThemeFiles.english().stringPropertyNames().stream()
        .filter(key -> key.startsWith("smspmMail") && key.endsWith(SUBJECT))
        .map(key -> key.substring(0, key.length() - SUBJECT.length()))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("notices")
  void saysWhatHappenedAndWhatToDo(String notice) throws Exception {
    String text = render("text", notice, true, "Shop");

    assertThat(text)
        .contains("Shop", "change your password now", "nothing to do")
        .doesNotContain("&lt;", "{", "null");
    assertThat(text.strip().lines().count()).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("notices")
  void hasNoAdviceWhereThereIsNothingToDo(String notice) throws Exception {
    assertThat(render("text", notice, false, "Shop").strip().lines()).hasSize(1);
    assertThat(render("html", notice, false, "Shop")).doesNotContain("<strong>");
  }

  @ParameterizedTest
  @MethodSource("notices")
  void markupInAnyValueIsShownAsText(String notice) throws Exception {
    String html = render("html", notice, true, "<b>Shop</b> & Sons");

    assertThat(html)
        .contains(
            "<html lang=\"en\" dir=\"ltr\">", "&lt;b&gt;Shop&lt;/b&gt; &amp; Sons", "<strong>")
        .doesNotContain("<b>", "<i>");
  }

  private static String render(String kind, String notice, boolean foreign, String realm)
      throws IOException, TemplateException {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_32);
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setTemplateLoader(
        new MultiTemplateLoader(
            List.of("theme/base/email", "theme-resources/templates").stream()
                .map(path -> new ClassTemplateLoader(MailTest.class.getClassLoader(), path))
                .toArray(TemplateLoader[]::new)));
    Properties messages = ThemeFiles.english();
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("locale", Locale.ENGLISH);
    attributes.put("ltr", true);
    attributes.put("msg", new MessageFormatterMethod(Locale.ENGLISH, messages));
    attributes.put("smspmText", notice);
    attributes.put(
        "smspmArguments", List.of(realm, "25 Nov 2026, 17:00 UTC", "<i>about</i>", "192.0.2.1"));
    attributes.put("smspmMayBeForeign", foreign);
    StringWriter mail = new StringWriter();
    configuration.getTemplate(kind + "/smspm-notice.ftl", "UTF-8").process(attributes, mail);
    return mail.toString();
  }
}
