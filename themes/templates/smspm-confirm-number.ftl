<#import "template.ftl" as layout>
<#import "smspm-commons.ftl" as commons>
<#-- An application wants the number to be changed, and it has to be proven first. -->
<#assign title = msg(smspmConfirm.beforeChange?then("smspmNumberChangeTitle", "smspmNumberVerifyAgainTitle"))>
<@layout.registrationLayout displayMessage=true; section>
    <#if section = "header">
        ${title}
    <#elseif section = "form">
        <@commons.assets script="smspm-once" />
        <form id="smspm-confirm-form" class="${properties.kcFormClass!} smspm-form" action="${url.loginAction}" method="post"
              aria-label="${title}">
            <div id="smspm-lead" class="smspm-text">
                <#if smspmConfirm.beforeChange>
                    <p>${msg("smspmNumberCurrent", commons.isolate(smspmConfirm.maskedNumber))}</p>
                </#if>
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
                <#if smspmConfirm.beforeChange>
                    <@commons.cancel />
                </#if>
            </@commons.actions>
            <@commons.status />
        </form>
        <@commons.complete />
    </#if>
</@layout.registrationLayout>
