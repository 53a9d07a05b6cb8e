<#import "template.ftl" as layout>
<#import "smspm-commons.ftl" as commons>
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("doTryAnotherWay")}
    <#elseif section = "form">
        <@commons.assets script="smspm-once" />
        <form id="smspm-second-step-form" class="${properties.kcFormClass!} smspm-form" action="${url.loginAction}" method="post"
              aria-labelledby="smspm-lead">
            <p id="smspm-lead">${msg("smspmSecondStepOther")}</p>
            <@commons.actions>
                <#list smspmSecond.ways as way>
                    <button type="submit" class="${commons.buttonClass(way?index == 0)}" data-busy-text="${commons.busyText}"
                            name="authenticationExecution" value="${way.authExecId}">${msg(way.displayName)}</button>
                </#list>
            </@commons.actions>
            <@commons.status />
        </form>
        <@commons.complete />
    </#if>
</@layout.registrationLayout>
