<#import "template.ftl" as layout>
<#import "smspm-commons.ftl" as commons>
<#assign heading = smspmNumber.currentMasked?has_content?then(msg("smspmNumberChangeTitle"), msg("smspmNumberTitle"))>
<#assign error = messagesPerField.get("phoneNumber")>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("phoneNumber"); section>
    <#if section = "header">
        ${heading}
    <#elseif section = "form">
        <@commons.assets script="smspm-phone-number" />
        <form id="smspm-phone-number-form" class="${properties.kcFormClass!} smspm-form" action="${url.loginAction}" method="post"
              aria-label="${heading}" novalidate>
            <div class="smspm-text">
                <#if smspmNumber.currentMasked?has_content>
                    <p>${msg("smspmNumberCurrent", commons.isolate(smspmNumber.currentMasked))}</p>
                </#if>
                <p>${msg("smspmNumberPurpose")}</p>
                <#if smspmNumber.strongerOffered>
                    <p>${msg("smspmNumberStronger")}</p>
                </#if>
            </div>

            <@commons.numberFields label=msg("smspmNumberLabel") error=error />

            <@commons.actions>
                <@commons.button label=msg("smspmNumberSubmit") primary=true />
                <#if smspmNumber.appInitiated>
                    <@commons.cancel />
                </#if>
            </@commons.actions>
            <@commons.status />
        </form>
        <@commons.tryAnotherWay />
        <@commons.complete />
    </#if>
</@layout.registrationLayout>
