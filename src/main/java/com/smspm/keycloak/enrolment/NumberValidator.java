package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.challenge.RefusalText;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.phone.NumberRefusal;
import com.smspm.keycloak.phone.PhoneNumber;
import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.RealmSettings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.userprofile.UserProfileAttributeValidationContext;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.validate.SimpleValidator;
import org.keycloak.validate.ValidationContext;
import org.keycloak.validate.ValidationError;
import org.keycloak.validate.ValidatorConfig;

/**
 * The profile validator {@code smspm-phone}: a number can be written at sign-up, where it is proven
 * next, and is the proven one from then on.
 *
 * <p>Outside of registration a user can save what is there already, the proven number, or nothing
 * where none is proven. Admins can write what they like where none is proven, since that is how
 * numbers are brought in from elsewhere; and may leave a proven one out, because a request to the
 * Admin API often names some attributes only, and the mirror puts it back. Whatever is written,
 * nothing in this extension decides by it.
 */
public final class NumberValidator implements SimpleValidator, ConfiguredProvider {

  static final String ID = "smspm-phone";

  static final String ONLY_PROVEN = "smspmNumberOnlyProven";

  private static final Logger LOG = Logger.getLogger(NumberValidator.class);

  /** By name: Keycloak 26.4 does not have the second. */
  private static final Set<String> ADMINS = Set.of(UserProfileContext.USER_API.name(), "SCIM");

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public String getHelpText() {
    return "A mobile number that this user has proven by a code (SMSPM). At sign-up it may be any"
        + " that the realm accepts, and the registration step has it proven.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return List.of();
  }

  @Override
  public ValidationContext validate(
      Object input, String attribute, ValidationContext context, ValidatorConfig config) {
    AttributeContext profile =
        UserProfileAttributeValidationContext.from(context).getAttributeContext();
    refusal(profile, attribute, values(input))
        .ifPresent(key -> context.addError(new ValidationError(ID, attribute, key)));
    return context;
  }

  private static Optional<String> refusal(
      AttributeContext profile, String attribute, List<String> values) {
    if (profile.getContext() == UserProfileContext.REGISTRATION) {
      return values.isEmpty() ? Optional.empty() : refusedByPolicy(profile, values.get(0));
    }
    UserModel user = profile.getUser();
    if (user == null || values.equals(values(user.getAttributeStream(attribute).toList()))) {
      return Optional.empty();
    }
    boolean byAdmin = ADMINS.contains(profile.getContext().name());
    Optional<String> proven = proven(profile, user);
    boolean allowed =
        proven.isPresent()
            ? values.equals(List.of(proven.get())) || byAdmin && values.isEmpty()
            : byAdmin || values.isEmpty();
    return allowed ? Optional.empty() : Optional.of(ONLY_PROVEN);
  }

  private static Optional<String> proven(AttributeContext profile, UserModel user) {
    // Who comes from an identity provider for the first time is no user yet, and has no credentials
    return profile.getContext() == UserProfileContext.IDP_REVIEW
        ? Optional.empty()
        : PhoneCredentialProvider.find(user).map(PhoneCredential::number).map(PhoneNumber::e164);
  }

  private static Optional<String> refusedByPolicy(AttributeContext profile, String typed) {
    try {
      return RealmSettings.of(profile.getSession().getContext().getRealm())
          .numbers()
          .check(typed, null)
          .fold(yes -> Optional.<NumberRefusal>empty(), Optional::of)
          .map(RefusalText::of);
    } catch (InvalidSettings e) {
      LOG.errorf(
          "Realm %s: the validator %s refuses every number: %s",
          profile.getSession().getContext().getRealm().getName(), ID, e.getMessage());
      return Optional.of("smspmNotAvailable");
    }
  }

  /** What was entered, without what stands for nothing. */
  private static List<String> values(Object input) {
    Collection<?> all =
        input instanceof Collection<?> many ? many : input == null ? List.of() : List.of(input);
    return all.stream()
        .map(value -> value == null ? "" : value.toString())
        .filter(value -> !value.isBlank())
        .toList();
  }
}
