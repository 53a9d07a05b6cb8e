package com.smspm.keycloak.claims;

import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.representations.IDToken;

/**
 * Gives out {@code phone_number} and {@code phone_number_verified} from the credential, never from
 * an attribute. Who has proven no number gets neither claim: nothing is known that could be true or
 * false (OpenID Connect Core 1.0 §5.3.2: a claim that is not returned is left out).
 */
public final class PhoneMapper extends AbstractOIDCProtocolMapper
    implements OIDCAccessTokenMapper,
        OIDCIDTokenMapper,
        UserInfoTokenMapper,
        TokenIntrospectionTokenMapper {

  static final String ID = "oidc-smspm-phone-mapper";

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public String getDisplayType() {
    return "Proven mobile number (SMSPM)";
  }

  @Override
  public String getDisplayCategory() {
    return TOKEN_MAPPER_CATEGORY;
  }

  @Override
  public String getHelpText() {
    return "Adds phone_number and phone_number_verified for a number that the user has proven by a"
        + " code. What stands in the user's attributes is not looked at, and claims made from it"
        + " are taken back.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    List<ProviderConfigProperty> properties = ProviderConfigurationBuilder.create().build();
    OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, PhoneMapper.class);
    return properties;
  }

  @Override
  public int getPriority() {
    return Claims.AFTER_ALL_OTHERS;
  }

  @Override
  protected void setClaim(
      IDToken token,
      ProtocolMapperModel mapper,
      UserSessionModel userSession,
      KeycloakSession session,
      ClientSessionContext client) {
    Optional<PhoneCredential> proven = PhoneCredentialProvider.find(userSession.getUser());
    // Another mapper may have written the same claims from attributes, which anybody may have set
    token.setPhoneNumber(null);
    token.setPhoneNumberVerified(null);
    Claims.set(token, IDToken.PHONE_NUMBER, proven.map(it -> it.number().e164()));
    Claims.set(token, IDToken.PHONE_NUMBER_VERIFIED, proven.map(it -> Boolean.TRUE));
  }
}
