<#import "template.ftl" as layout>
<#import "smspm-commons.ftl" as commons>
<#assign error = messagesPerField.get("code")>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("code"); section>
    <#if section = "header">
        ${msg("smspmCodeTitle")}
    <#elseif section = "form">
        <@commons.assets script="smspm-code" />
        <form id="smspm-code-form" class="${properties.kcFormClass!} smspm-form" action="${url.loginAction}" method="post" novalidate
              data-code-length="${smspm.codeLength?c}" data-self-submit="${properties.smspmSelfSubmit!"true"}">
            <div id="smspm-lead" class="smspm-text">
                <p class="our-own-words">Look at the phone ${commons.isolate(smspm.maskedNumber)}.</p>
            </div>
            <@commons.field id="code" label=msg("smspmCodeLabel") class="smspm-code" dir="ltr" errorId="smspm-code-error" error=error; inputClass>
                <input type="text" id="code" name="code" class="${inputClass}" dir="ltr" autofocus inputmode="numeric"
                       autocomplete="one-time-code" aria-describedby="smspm-code-error smspm-lead">
            </@commons.field>
            <@commons.actions>
                <@commons.button label=msg("smspmCodeSubmit") primary=true />
                <@commons.button label=msg("smspmResend") name="resend" />
            </@commons.actions>
            <@commons.status />
        </form>
        <@commons.complete />
    </#if>
</@layout.registrationLayout>
