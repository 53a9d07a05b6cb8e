<#import "template.ftl" as layout>
<#import "smspm-commons.ftl" as commons>
<#assign error = messagesPerField.get("phoneNumber")>
<#assign registration = (realm.registrationAllowed)!false>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("phoneNumber") displayInfo=registration; section>
    <#if section = "header">
        ${msg("smspmLoginTitle")}
    <#elseif section = "form">
        <@commons.assets script="smspm-phone-number" />
        <form id="smspm-phone-login-form" class="${properties.kcFormClass!} smspm-form" action="${url.loginAction}" method="post"
              aria-label="${msg("smspmLoginTitle")}" novalidate>
            <div class="smspm-text">
                <p>${msg(smspmNumber.usernames?then("smspmLoginEither", "smspmLoginLead"))}</p>
            </div>

            <#assign passkeys = (enableWebAuthnConditionalUI!"")?has_content>
            <#if smspmNumber.usernames>
                <@commons.numberFields label=msg("smspmLoginUsernameOrNumber") error=error type="text" maxlength=255
                                       autocomplete=passkeys?then("username webauthn", "username") />
            <#else>
                <@commons.numberFields label=msg("smspmNumberLabel") error=error autocomplete=passkeys?then("tel webauthn", "tel") />
            </#if>

            <#if (realm.rememberMe)!false>
                <@commons.checkBox name="rememberMe" label=msg("rememberMe") checked=smspmNumber.rememberMe />
            </#if>

            <@commons.actions>
                <@commons.button label=smspmNumber.usernames?then(msg("smspmCodeSubmit"), msg("smspmNumberSubmit")) primary=true />
                <#if (realm.resetPasswordAllowed)!false>
                    <a href="${url.loginResetCredentialsUrl}" class="smspm-link smspm-forgot">${msg("doForgotPassword")}</a>
                </#if>
            </@commons.actions>
            <@commons.status />
        </form>
        <@commons.tryAnotherWay />
        <#-- Keycloak's own, where the theme and the version have it. -->
        <#if passkeys>
            <#assign ofKeycloak = .get_optional_template("passkeys.ftl")>
            <#if ofKeycloak.exists>
                <#assign passkeysOfKeycloak = ofKeycloak.import()>
                <@passkeysOfKeycloak.conditionalUIData />
            </#if>
        </#if>
    <#elseif section = "info">
        <#if registration>
            <span>${msg("noAccount")} <a class="smspm-link" href="${url.registrationUrl}">${msg("doRegister")}</a></span>
        </#if>
    <#elseif section = "socialProviders">
        <#if (social.providers)?has_content>
            <nav class="smspm-form smspm-actions" aria-label="${msg("identity-provider-login-label")}">
                <#list social.providers as provider>
                    <a id="social-${provider.alias}" href="${provider.loginUrl}" class="${commons.buttonClass(false)}">${provider.displayName!provider.alias}</a>
                </#list>
            </nav>
        </#if>
        <@commons.complete />
    </#if>
</@layout.registrationLayout>
