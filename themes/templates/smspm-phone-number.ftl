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

            <@commons.field id="country" label=msg("smspmNumberCountry"); inputClass>
                <select id="country" name="country" class="${inputClass}" autocomplete="tel-country-code"
                        <#if smspmNumber.countryMissing>autofocus aria-describedby="smspm-number-error" aria-invalid="${error?has_content?c}"</#if>>
                    <option value="" <#if !smspmNumber.country?has_content>selected</#if>>${msg("smspmNumberCountryChoose")}</option>
                    <#list smspmNumber.countries as country>
                        <option value="${country.iso}" <#if country.iso == smspmNumber.country>selected</#if>
                                data-example="${country.example!}">${country.name} (${commons.isolate("+" + country.callingCode)})</option>
                    </#list>
                </select>
                <#if commons.wrapsInput>
                    <span class="${properties.kcFormControlUtilClass!}">
                        <span class="${properties.kcFormControlToggleIcon!}"><i class="fas fa-caret-down" aria-hidden="true"></i></span>
                    </span>
                </#if>
            </@commons.field>

            <#assign hint = smspmNumber.example?has_content?then(msg("smspmNumberExample", commons.isolate(smspmNumber.example)), "")>
            <@commons.field id="phoneNumber" label=msg("smspmNumberLabel") dir="ltr" errorId="smspm-number-error" error=error
                            hintId="smspm-example" hint=hint hintPattern=msg("smspmNumberExample", "{0}"); inputClass>
                <input type="tel" id="phoneNumber" name="phoneNumber" class="${inputClass}" value="${smspmNumber.phoneNumber}" dir="ltr"
                       <#if !smspmNumber.countryMissing>autofocus</#if> inputmode="tel" autocomplete="tel" maxlength="40"
                       aria-describedby="smspm-number-error smspm-example" aria-invalid="${error?has_content?c}">
            </@commons.field>

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
