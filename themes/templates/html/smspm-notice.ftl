<#import "template.ftl" as layout>
<#assign values = smspmArguments>
<@layout.emailLayout>
<p>${msg(smspmText, values[0], values[1], values[2]!, values[3]!)}</p>
<#if smspmMayBeForeign>
<p>${msg("smspmMailWasYou")}</p>
<p><strong>${msg("smspmMailNotYou", values[0])}</strong></p>
</#if>
</@layout.emailLayout>
