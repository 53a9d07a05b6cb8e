<#import "template.ftl" as layout>
<#import "smspm-commons.ftl" as commons>
<#assign error = messagesPerField.get("code")>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("code"); section>
    <#if section = "header">
        ${msg("smspmCodeTitle")}
    <#elseif section = "form">
        <@commons.assets script="smspm-code" />
        <form id="smspm-code-form" class="${properties.kcFormClass!} smspm-form" action="${url.loginAction}" method="post"
              aria-label="${msg("smspmCodeTitle")}" novalidate data-code-length="${smspm.codeLength?c}" data-self-submit="${smspm.selfSubmit?c}">
            <div id="smspm-lead" class="smspm-text">
                <#if smspm.locked>
                    <@commons.alert>${msg("smspmLocked")}</@commons.alert>
                <#elseif smspm.exhausted>
                    <@commons.alert>${msg("smspmCodeExhausted")}</@commons.alert>
                <#elseif smspm.sendingFailed>
                    <@commons.alert>${msg("smspmSendingFailed")}</@commons.alert>
                <#elseif smspm.live>
                    <p>${msg("smspmCodeSentTo", commons.isolate(smspm.maskedNumber), smspm.codeLength)}</p>
                <#else>
                    <#if error?has_content><@commons.alert>${error}</@commons.alert></#if>
                    <#if smspm.secondsUntilResend gt 0>
                        <p>${msg("smspmCodeSentBefore", commons.isolate(smspm.maskedNumber))}</p>
                    <#else>
                        <p>${msg("smspmCodeOffer", commons.isolate(smspm.maskedNumber))}</p>
                    </#if>
                </#if>
            </div>

            <#if smspm.live>
                <@commons.field id="code" label=msg("smspmCodeLabel") class="smspm-code" dir="ltr" errorId="smspm-code-error" error=error; inputClass>
                    <input type="text" id="code" name="code" class="${inputClass}" value="" dir="ltr" autofocus
                           inputmode="numeric" autocomplete="one-time-code" autocapitalize="off" spellcheck="false" maxlength="256"
                           aria-describedby="smspm-code-error smspm-lead" aria-invalid="${error?has_content?c}">
                </@commons.field>
                <p id="smspm-valid" class="smspm-note" data-seconds="${smspm.secondsValid?c}"
                   data-text="${msg("smspmCodeValidFor", "{0}")}" data-done="${msg("smspmCodeExpired")}">
                    ${msg("smspmCodeValidFor", commons.clock(smspm.secondsValid))}
                </p>
            </#if>

            <#if smspm.askSignOutOthers && smspm.live>
                <@commons.signOutOthers />
            </#if>

            <@commons.actions>
                <#if smspm.live>
                    <@commons.button label=msg("smspmCodeSubmit") primary=true />
                </#if>
                <#if smspm.resendPossible>
                    <@commons.button label=msg("smspmResend") name="resend" primary=!smspm.live />
                    <#if smspm.secondsUntilResend gt 0>
                        <p id="smspm-wait" class="smspm-note" data-seconds="${smspm.secondsUntilResend?c}"
                           data-text="${msg("smspmResendIn", "{0}")}" data-done="${msg("smspmResendNow")}">
                            ${msg("smspmResendIn", commons.clock(smspm.secondsUntilResend))}
                        </p>
                    </#if>
                </#if>
                <#if smspm.changeNumberPossible>
                    <@commons.button label=msg("smspmChangeNumber") name="changeNumber" />
                </#if>
                <#if smspm.appInitiated>
                    <@commons.cancel />
                </#if>
                <#if smspm.exhausted>
                    <a href="${url.loginRestartFlowUrl}" class="${commons.buttonClass(true)}">${msg("smspmStartAgain")}</a>
                </#if>
            </@commons.actions>
            <div role="status" id="smspm-status" class="smspm-status"></div>
        </form>
        <@commons.tryAnotherWay />
    </#if>
</@layout.registrationLayout>
