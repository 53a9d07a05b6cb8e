<#ftl output_format="plainText">
<#assign values = smspmArguments>
${msg(smspmText, values[0], values[1], values[2]!, values[3]!)}
<#if smspmMayBeForeign>

${msg("smspmMailWasYou")}

${msg("smspmMailNotYou", values[0])}
</#if>
