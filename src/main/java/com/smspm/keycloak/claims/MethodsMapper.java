package com.smspm.keycloak.claims;

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
 * Gives out {@code amr}: how the user was authenticated in this session, in the values of RFC 8176.
 * Keycloak's own mapper knows one value per step, which an admin has to type, and by default for
 * one second only.
 */
public final class MethodsMapper extends AbstractOIDCProtocolMapper
    implements OIDCAccessTokenMapper,
        OIDCIDTokenMapper,
        UserInfoTokenMapper,
        TokenIntrospectionTokenMapper {

  static final String ID = "oidc-smspm-amr-mapper";

  private static final String AMR = "amr";

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public String getDisplayType() {
    return "Authentication methods, amr (SMSPM)";
  }

  @Override
  public String getDisplayCategory() {
    return TOKEN_MAPPER_CATEGORY;
  }

  @Override
  public String getHelpText() {
    return "Adds amr with the methods of this session: pwd, otp, sms, pop, and mfa where two"
        + " different factors took part.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    List<ProviderConfigProperty> properties = ProviderConfigurationBuilder.create().build();
    OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, MethodsMapper.class);
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
    List<String> methods = SessionSteps.of(session, userSession).methods();
    Claims.set(token, AMR, Optional.of(methods).filter(it -> !it.isEmpty()));
  }
}
