package com.smspm.keycloak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.delivery.DefaultSmsDeliveryFactory;
import com.smspm.keycloak.enrolment.AnotherWayActionFactory;
import com.smspm.keycloak.enrolment.PhoneNumberActionFactory;
import com.smspm.keycloak.enrolment.RegistrationNumberFactory;
import com.smspm.keycloak.gateway.smspm.SmspmBackupGatewayFactory;
import com.smspm.keycloak.gateway.smspm.SmspmGatewayFactory;
import com.smspm.keycloak.login.CodeAuthenticatorFactory;
import com.smspm.keycloak.login.PhoneLoginAuthenticatorFactory;
import com.smspm.keycloak.login.ResetAuthenticatorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** The README's tables name every setting that there is, with its default, and no other. */
class ReadmeTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| ([^|]*) \\|");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void theTableOfTheStepIsComplete() throws IOException {
    assertThat(table("**Step:**"))
        .isEqualTo(described(new CodeAuthenticatorFactory().getConfigProperties()));
  }

  @Test
  void theTablesOfTheOpenDoorsAreComplete() throws IOException {
    assertThat(table("**Phone login:**"))
        .isEqualTo(beyondTheCodes(new PhoneLoginAuthenticatorFactory().getConfigProperties()));
    assertThat(table("**Reset:**"))
        .isEqualTo(beyondTheCodes(new ResetAuthenticatorFactory().getConfigProperties()));
  }

  private static Map<String, String> beyondTheCodes(List<ProviderConfigProperty> properties) {
    Map<String, String> settings = described(properties);
    described(new CodeAuthenticatorFactory().getConfigProperties())
        .forEach((name, value) -> assertThat(settings.remove(name)).isEqualTo(value));
    return settings;
  }

  @Test
  void theTableOfTheRegistrationIsComplete() throws IOException {
    assertThat(table("**Registration:**"))
        .isEqualTo(described(new RegistrationNumberFactory().getConfigProperties()));
  }

  @Test
  void theTableOfTheRealmIsComplete() throws IOException {
    List<ProviderConfigProperty> properties =
        new ArrayList<>(new PhoneNumberActionFactory().getConfigMetadata());
    properties.removeAll(RequiredActionFactory.MAX_AUTH_AGE_CONFIG_PROPERTIES);

    assertThat(table("**Realm:**")).isEqualTo(described(properties));
  }

  @Test
  void theTableOfTheReminderIsComplete() throws IOException {
    assertThat(table("**Reminder:**"))
        .isEqualTo(described(new AnotherWayActionFactory().getConfigMetadata()));
  }

  @Test
  void theTableOfTheGatewayIsComplete() throws IOException {
    Map<String, String> options = options(new SmspmGatewayFactory().getConfigMetadata());

    assertThat(table("**Server:** `--spi-sms-gateway--smspm--")).isEqualTo(options);
    assertThat(options(new SmspmBackupGatewayFactory().getConfigMetadata())).isEqualTo(options);
  }

  @Test
  void theTableOfTheDeliveryIsComplete() throws IOException {
    assertThat(table("**Server:** `--spi-sms-delivery--default--"))
        .isEqualTo(options(new DefaultSmsDeliveryFactory().getConfigMetadata()));
  }

  /** Names and defaults of the first table after a heading. */
  private static Map<String, String> table(String heading) throws IOException {
    String readme = Files.readString(Path.of("README.md"), UTF_8);
    assertThat(readme).contains(heading);
    String after = readme.substring(readme.indexOf(heading));
    String table = after.substring(after.indexOf("\n|"));
    Map<String, String> settings = new TreeMap<>();
    ROW.matcher(table.substring(0, table.indexOf("\n\n")))
        .results()
        .forEach(row -> add(settings, row));
    return settings;
  }

  /** A row may name several settings; it then has as many defaults, or one for all. */
  private static void add(Map<String, String> settings, MatchResult row) {
    List<String> names = NAME.matcher(row.group(1)).results().map(it -> it.group(1)).toList();
    String cell = row.group(2);
    String[] defaults = names.size() > 1 ? cell.split(", ") : new String[] {cell};
    for (int i = 0; i < names.size(); i++) {
      settings.put(names.get(i), plain(defaults[defaults.length == names.size() ? i : 0]));
    }
  }

  /** In words; what stands in back quotes is meant as it is. */
  private static String plain(String cell) {
    return cell.startsWith("empty") || cell.equals("none")
        ? ""
        : cell.equals("off") ? "false" : cell.equals("on") ? "true" : cell.replace("`", "");
  }

  private static Map<String, String> described(List<ProviderConfigProperty> properties) {
    Map<String, String> settings = new TreeMap<>();
    properties.forEach(
        it ->
            settings.put(
                it.getName(), it.getDefaultValue() == null ? "" : "" + it.getDefaultValue()));
    return settings;
  }

  /** Keycloak writes server options with dashes where the code has capitals. */
  private static Map<String, String> options(List<ProviderConfigProperty> properties) {
    Map<String, String> options = new TreeMap<>();
    described(properties)
        .forEach(
            (name, value) ->
                options.put(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT), value));
    return options;
  }
}
