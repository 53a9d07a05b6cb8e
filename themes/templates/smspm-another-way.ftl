<#import "template.ftl" as layout>
<#import "smspm-commons.ftl" as commons>
<@layout.registrationLayout displayMessage=true; section>
    <#if section = "header">
        ${msg("smspmNudgeTitle")}
    <#elseif section = "form">
        <@commons.assets script="smspm-once" />
        <form id="smspm-another-way-form" class="${properties.kcFormClass!} smspm-form" action="${url.loginAction}" method="post"
              aria-label="${msg("smspmNudgeTitle")}">
            <div id="smspm-lead" class="smspm-text">
                <p>${msg("smspmNudgeLead")}</p>
            </div>
            <@commons.actions>
                <#list smspmNudge.ways as way>
                    <button type="submit" class="${commons.buttonClass(way?is_first)}" name="way" value="${way.action}"<#rt>
                            <#lt> data-busy-text="${commons.busyText}" aria-describedby="smspm-lead"<#if way?is_first> autofocus</#if>>${msg(way.label)}</button>
                </#list>
                <@commons.button label=msg("smspmNudgeLater") name="later" />
            </@commons.actions>
            <@commons.status />
        </form>
        <@commons.complete />
    </#if>
</@layout.registrationLayout>
