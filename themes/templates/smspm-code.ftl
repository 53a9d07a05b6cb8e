<#import "template.ftl" as layout>
<#import "smspm-commons.ftl" as commons>
<#assign error = messagesPerField.get("code")>
<#-- A theme that wants the button to be pressed says smspmSelfSubmit=false in its theme.properties. -->
<#assign selfSubmit = properties.smspmSelfSubmit!"true">
<#-- With a choice below the field there is more to do than to enter the code. -->
<#if smspm.trustDays gt 0><#assign selfSubmit = "false"></#if>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("code"); section>
    <#if section = "header">
        ${msg("smspmCodeTitle")}
    <#elseif section = "form">
        <@commons.assets script="smspm-code" />
        <form id="smspm-code-form" class="${properties.kcFormClass!} smspm-form" action="${url.loginAction}" method="post"
              aria-label="${msg("smspmCodeTitle")}" novalidate data-code-length="${smspm.codeLength?c}" data-self-submit="${selfSubmit}">
            <div id="smspm-lead" class="smspm-text">
                <#if (smspmRefused!false)>
                    <@commons.alert>${msg("smspmRefused")}</@commons.alert>
                <#elseif smspm.locked>
                    <@commons.alert>${msg("smspmLocked")}</@commons.alert>
                <#elseif smspm.exhausted>
                    <@commons.alert>${msg("smspmCodeExhausted")}</@commons.alert>
                <#elseif smspm.sendingFailed>
                    <@commons.alert>${smspmTexts.html(msg("smspmSendingFailed", smspmTexts.isolated(smspm.maskedNumber)))?no_esc}</@commons.alert>
                <#elseif smspm.veiled!false>
                    <#-- Nobody is identified: the same whether a code can be sent or not. -->
                    <#if smspm.live && smspm.typedNumber?has_content>
                        <p>${smspmTexts.html(msg("smspmCodeMaybeSentTo", smspmTexts.isolated(smspm.maskedNumber), smspm.codeLength?c))?no_esc}</p>
                    <#elseif smspm.live>
                        <p>${msg("smspmCodeMaybeSent", smspm.codeLength?c)}</p>
                    <#elseif error?has_content>
                        <@commons.alert>${error}</@commons.alert>
                    <#elseif smspm.secondsUntilResend gt 0>
                        <@commons.alert>${smspmTexts.counted(msg, smspm.wait.key(), smspm.wait.parameter())}</@commons.alert>
                    <#else>
                        <@commons.alert>${msg("smspmCodeExpired")}</@commons.alert>
                    </#if>
                <#elseif smspm.live && smspm.sentAgain>
                    <p>${smspmTexts.html(msg("smspmCodeSentAgain", smspmTexts.isolated(smspm.maskedNumber)))?no_esc}</p>
                <#elseif smspm.live>
                    <p>${smspmTexts.html(msg("smspmCodeSentTo", smspmTexts.isolated(smspm.maskedNumber), smspm.codeLength?c))?no_esc}</p>
                <#else>
                    <#if error?has_content><@commons.alert>${error}</@commons.alert></#if>
                    <#if smspm.secondsUntilResend gt 0>
                        <p>${smspmTexts.html(msg("smspmCodeSentBefore", smspmTexts.isolated(smspm.maskedNumber)))?no_esc}</p>
                    <#else>
                        <p>${smspmTexts.html(msg("smspmCodeOffer", smspmTexts.isolated(smspm.maskedNumber)))?no_esc}</p>
                    </#if>
                </#if>
            </div>
            <#if smspm.changeNumberPossible>
                <#-- Of a form of its own: a key press on Enter in the field presses the first button of the field's form. -->
                <p class="smspm-change">
                    <span>${msg("smspmNotYourNumber")}</span>
                    <button type="submit" form="smspm-change-form" name="changeNumber" value="true" class="smspm-link">${msg("smspmChangeNumber")}</button>
                </p>
            </#if>
            <@commons.deliveryStatus />

            <#if smspm.live>
                <@commons.field id="code" label=msg("smspmCodeLabel") class="smspm-code" dir="ltr" errorId="smspm-code-error" error=error; inputClass>
                    <input type="text" id="code" name="code" class="${inputClass}" value="" dir="ltr" autofocus
                           inputmode="numeric" autocomplete="one-time-code" autocapitalize="off" spellcheck="false" maxlength="256"
                           aria-describedby="smspm-code-error smspm-lead" aria-invalid="${error?has_content?c}">
                </@commons.field>
                <@commons.countdown id="smspm-valid" seconds=smspm.secondsValid key="smspmCodeValidFor" done=msg("smspmCodeExpired") />
            </#if>

            <#if smspm.askSignOutOthers && smspm.live>
                <@commons.signOutOthers />
            </#if>
            <#if smspm.trustDays gt 0 && smspm.live>
                <@commons.checkBox name="trustDevice" label=smspmTexts.counted(msg, "smspmTrustDevice", smspm.trustDays) checked=smspm.trustChosen />
            </#if>

            <@commons.actions>
                <#if smspm.live>
                    <@commons.button label=msg("smspmCodeSubmit") primary=true />
                </#if>
                <#if smspm.resendPossible>
                    <@commons.button label=msg("smspmResend") name="resend" primary=!smspm.live describedBy=smspm.live?then("", "smspm-lead")
                                     autofocus=!smspm.live && smspm.secondsUntilResend == 0 />
                    <#if smspm.secondsUntilResend gt 0>
                        <@commons.countdown id="smspm-wait" seconds=smspm.secondsUntilResend key="smspmResendIn" done=msg("smspmResendNow") />
                    </#if>
                </#if>
                <#if smspm.exhausted>
                    <a href="${url.loginRestartFlowUrl}" class="${commons.buttonClass(true)}" aria-describedby="smspm-lead" autofocus>${msg("smspmStartAgain")}</a>
                </#if>
                <#if smspm.appInitiated>
                    <@commons.cancel />
                </#if>
            </@commons.actions>
            <@commons.status />
        </form>
        <#if smspm.changeNumberPossible>
            <form id="smspm-change-form" action="${url.loginAction}" method="post" hidden></form>
        </#if>
        <#if smspm.mailOffered!false>
            <form id="smspm-mail-form" class="${properties.kcFormClass!} smspm-form" action="${url.loginAction}" method="post"
                  aria-label="${msg("doTryAnotherWay")}">
                <@commons.actions><@commons.button label=msg("doTryAnotherWay") + ": " + msg("email") name="mail" /></@commons.actions>
            </form>
        </#if>
        <@commons.otherWays failed=smspm.sendingFailed suggest=smspm.otherWaysSuggested />
        <@commons.complete />
    </#if>
</@layout.registrationLayout>
