<#import "template.ftl" as layout>
<#import "smspm-commons.ftl" as commons>
<@layout.registrationLayout displayMessage=true; section>
    <#if section = "header">
        ${msg("smspmNumberVerifyAgainTitle")}
    <#elseif section = "form">
        <@commons.assets script="smspm-once" />
        <form id="smspm-confirm-form" class="${properties.kcFormClass!} smspm-form" action="${url.loginAction}" method="post"
              aria-label="${msg("smspmNumberVerifyAgainTitle")}">
            <div id="smspm-lead" class="smspm-text">
                <p>${msg(smspmConfirm.changePossible?then("smspmNumberVerifyAgain", "smspmCodeOffer"), commons.isolate(smspmConfirm.maskedNumber))}</p>
            </div>
            <@commons.actions>
                <@commons.button label=msg("smspmNumberSubmit") name="confirmNumber" primary=true describedBy="smspm-lead" autofocus=true />
                <#if smspmConfirm.changePossible>
                    <@commons.button label=msg("smspmChangeNumber") name="changeNumber" />
                </#if>
                <#if smspmConfirm.postponable>
                    <@commons.button label=msg("smspmNudgeLater") name="later" />
                </#if>
            </@commons.actions>
            <@commons.status />
        </form>
        <@commons.complete />
    </#if>
</@layout.registrationLayout>
