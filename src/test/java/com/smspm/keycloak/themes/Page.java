package com.smspm.keycloak.themes;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateException;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.keycloak.forms.login.MessageType;
import org.keycloak.theme.beans.MessageFormatterMethod;
import org.keycloak.theme.beans.MessagesPerFieldBean;

/** Renders one of our templates as Keycloak does, inside the real layout of one of its themes. */
final class Page {

  private static final Pattern PUNCTUATION = Pattern.compile("&#(8[0-9]{3});");

  private static final Map<String, Configuration> CONFIGURATIONS = new HashMap<>();

  private final String theme;
  private final Properties properties;
  private final Map<String, Object> attributes = new HashMap<>();
  private final MessagesPerFieldBean errors = new MessagesPerFieldBean();

  /**
   * @param theme {@code keycloak.v2} or {@code keycloak}
   */
  Page(String theme) {
    this.theme = theme;
    properties = ThemeFiles.keycloak("base/login/theme.properties");
    properties.putAll(ThemeFiles.keycloak(theme + "/login/theme.properties"));
    Properties messages = ThemeFiles.keycloak("base/login/messages/messages_en.properties");
    messages.putAll(ThemeFiles.english());
    TemplateMethodModelEx sanitize = arguments -> arguments.get(0).toString();

    attributes.put("properties", properties);
    attributes.put("msg", onTheOldestServer(new MessageFormatterMethod(Locale.ENGLISH, messages)));
    attributes.put("kcSanitize", sanitize);
    attributes.put("messagesPerField", errors);
    attributes.put("lang", "en");
    attributes.put("pageId", "test");
    attributes.put("title", "Sign in");
    attributes.put("darkMode", true);
    attributes.put(
        "realm", Map.of("internationalizationEnabled", false, "displayNameHtml", "Shop"));
    attributes.put(
        "url",
        Map.of(
            "resourcesPath", "/resources",
            "resourcesCommonPath", "/resources/common",
            "loginAction", "/action",
            "loginRestartFlowUrl", "/restart",
            "ssoLoginInOtherTabsUrl", "/sso"));
  }

  /** Keycloak 26.4 unwraps texts only: with a number of the template's own it shows no page. */
  private static TemplateMethodModelEx onTheOldestServer(MessageFormatterMethod msg) {
    return arguments -> {
      for (Object argument : arguments) {
        if (argument instanceof TemplateModel && !(argument instanceof SimpleScalar)) {
          throw new TemplateModelException("no text on the oldest server: " + arguments);
        }
      }
      return msg.exec(arguments);
    };
  }

  Page with(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  /** As a theme of an admin's own would set it. */
  Page withProperty(String name, String value) {
    properties.setProperty(name, value);
    return this;
  }

  Page withError(String field, String text) {
    errors.addMessage(field, text, MessageType.ERROR);
    return this;
  }

  /** Only what comes from our template: from our form to the end. */
  String render(String template) {
    String html = renderAll(template);
    return html.substring(html.indexOf("<form id=\"smspm-"));
  }

  /** All of it, with references to general punctuation as the reader sees them. */
  String renderAll(String template) {
    return PUNCTUATION
        .matcher(source(template))
        .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1))));
  }

  /** What a browser gets. */
  String source(String template) {
    StringWriter html = new StringWriter();
    try {
      CONFIGURATIONS
          .computeIfAbsent(theme, Page::configuration)
          .getTemplate(template, "UTF-8")
          .process(attributes, html);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TemplateException e) {
      throw new IllegalArgumentException(e);
    }
    return html.toString();
  }

  private static Configuration configuration(String theme) {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_32);
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setTemplateLoader(
        new MultiTemplateLoader(
            List.of("theme/" + theme + "/login", "theme/base/login", "theme-resources/templates")
                .stream()
                .map(path -> new ClassTemplateLoader(Page.class.getClassLoader(), path))
                .toArray(TemplateLoader[]::new)));
    return configuration;
  }
}
