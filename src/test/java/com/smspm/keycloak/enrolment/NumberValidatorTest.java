package com.smspm.keycloak.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.UserModelDelegate;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.userprofile.UserProfileAttributeValidationContext;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.validate.ValidationError;
import org.keycloak.validate.ValidatorConfig;

/** Who comes from an identity provider for the first time; ForgeryIT has everybody else. */
class NumberValidatorTest {

  private static final String SAID = "+37256789045";
  private static final String OTHER = "+37256789046";

  @Test
  void whatTheProviderSaysIsTaken() {
    assertThat(errors(null, List.of(SAID))).isEmpty();
    assertThat(errors(fromProvider(SAID), List.of(SAID))).isEmpty();
  }

  @Test
  void itCanBeLeftOutAndNotChanged() {
    assertThat(errors(fromProvider(SAID), List.of())).isEmpty();
    assertThat(errors(fromProvider(SAID), List.of(" "))).isEmpty();
    assertThat(errors(fromProvider(SAID), List.of(OTHER))).containsExactly("smspmNumberOnlyProven");
    assertThat(errors(fromProvider(), List.of(OTHER))).containsExactly("smspmNumberOnlyProven");
    assertThat(errors(fromProvider(SAID), List.of(SAID, OTHER)))
        .containsExactly("smspmNumberOnlyProven");
  }

  private static List<String> errors(UserModel user, List<String> values) {
    AttributeContext profile =
        new AttributeContext(
            UserProfileContext.IDP_REVIEW,
            null,
            new SimpleEntry<>("phoneNumber", values),
            user,
            null,
            null);
    return new NumberValidator()
            .validate(
                values,
                "phoneNumber",
                new UserProfileAttributeValidationContext(profile),
                ValidatorConfig.EMPTY)
            .getErrors()
            .stream()
            .map(ValidationError::getMessage)
            .toList();
  }

  /** As Keycloak makes one: no user yet, and no credentials to ask for. */
  private static UserModel fromProvider(String... numbers) {
    return new UserModelDelegate(null) {
      @Override
      public Stream<String> getAttributeStream(String name) {
        return Stream.of(numbers);
      }
    };
  }
}
