<#-- What both pages share. Only property classes that are the same in every theme are relied on: keycloak.v2 has
     field.ftl and buttons.ftl for this, other themes do not. -->

<#-- keycloak.v2 draws the border of a field on a wrapper around the input, keycloak (v1) on the input itself. Only
     themes of the first kind have a class for what sits beside the input inside that wrapper. -->
<#assign wrapsInput = properties.kcFormControlUtilClass?has_content>

<#-- The build puts a hash into the names of our files. No other template names one, so that a theme's own copy of a page
     goes on working with the next version. -->
<#assign stylesheet = "css/smspm.css">

<#-- The layout puts a theme's styles into the head: those in themeResources from Keycloak 26.7 on, those in properties before.
     Where a layout does otherwise, ours follow in the body: then a browser may paint the header before the form. -->
<#global properties = properties + {"styles": ((properties.styles!"") + " " + stylesheet)?trim}>
<#if (themeResources.styles)?has_content>
    <#global themeResources = themeResources + {"styles": themeResources.styles + [{"path": stylesheet}]}>
</#if>

<#-- Of each button: while its form is on its way. -->
<#assign busyText = (smspmTexts??)?then(smspmTexts.html(msg("smspmBusy"))?no_esc, msg("smspmBusy"))>

<#macro assets script>
    <link rel="stylesheet" href="${url.resourcesPath}/${stylesheet}">
    <link rel="modulepreload" href="${url.resourcesPath}/js/smspm-form.js">
    <script type="module" src="${url.resourcesPath}/js/${script}.js"></script>
</#macro>

<#-- The last of a page: the style sheet shows nothing before. -->
<#macro complete>
    <span class="smspm-complete" hidden></span>
</#macro>

<#-- One labelled field; the nested content is the input, given the classes for it. With an errorId there is a place for
     the error, which keeps its height while it is empty: nothing below moves when there is one. The same holds for a hint;
     hintPattern is for scripts that change it. -->
<#macro field id label class="" dir="" errorId="" error="" hintId="" hint="" hintPattern="">
    <div class="${properties.kcFormGroupClass!}">
        <div class="${properties.kcFormGroupLabelClass!properties.kcLabelWrapperClass!}">
            <label for="${id}" class="${properties.kcFormLabelClass!properties.kcLabelClass!}"><#rt>
                <#lt><span class="${properties.kcFormLabelTextClass!}">${label}</span></label>
        </div>
        <div class="${properties.kcInputWrapperClass!}">
            <#if hintId?has_content>
                <p id="${hintId}" class="smspm-note" data-text="${hintPattern}">${hint}</p>
            </#if>
            <#if wrapsInput>
                <span class="${properties.kcInputClass!} ${class} <#if error?has_content>${properties.kcError!}</#if>" <#if dir?has_content>dir="${dir}"</#if>>
                    <#nested "">
                    <#if error?has_content>
                        <span class="${properties.kcFormControlUtilClass!}">
                            <span class="${properties.kcInputErrorIconStatusClass!}">
                                <i class="${properties.kcInputErrorIconClass!}" aria-hidden="true"></i>
                            </span>
                        </span>
                    </#if>
                </span>
            <#else>
                <#nested properties.kcInputClass! + " " + class>
            </#if>
            <#if errorId?has_content>
                <div id="${errorId}" class="smspm-error">
                    <#if error?has_content>
                        <div class="${properties.kcInputHelperTextClass!}">
                            <div class="${properties.kcInputHelperTextItemClass!} ${properties.kcError!}">
                                <span class="${properties.kcInputErrorMessageClass!}">${error}</span>
                            </div>
                        </div>
                    </#if>
                </div>
            </#if>
        </div>
    </div>
</#macro>

<#-- Country and number, of the page's smspmNumber. Where a name may be entered as well, no keyboard of digits is shown. -->
<#macro numberFields label error type="tel" autocomplete="tel" maxlength=40>
    <@field id="country" label=msg("smspmNumberCountry"); inputClass>
        <select id="country" name="country" class="${inputClass}" autocomplete="tel-country-code"
                <#if smspmNumber.countryMissing>autofocus aria-describedby="smspm-number-error" aria-invalid="${error?has_content?c}"</#if>>
            <option value="" <#if !smspmNumber.country?has_content>selected</#if>>${msg("smspmNumberCountryChoose")}</option>
            <#list smspmNumber.countries as country>
                <option value="${country.iso}" <#if country.iso == smspmNumber.country>selected</#if>
                        data-example="${country.example!}">${country.name} (${isolate("+" + country.callingCode)})</option>
            </#list>
        </select>
        <#if wrapsInput>
            <span class="${properties.kcFormControlUtilClass!}">
                <span class="${properties.kcFormControlToggleIcon!}"><i class="fas fa-caret-down" aria-hidden="true"></i></span>
            </span>
        </#if>
    </@field>

    <#local hint = smspmNumber.example?has_content?then(msg("smspmNumberExample", isolate(smspmNumber.example)), "")>
    <@field id="phoneNumber" label=label dir="ltr" errorId="smspm-number-error" error=error
            hintId="smspm-example" hint=hint hintPattern=msg("smspmNumberExample", "{0}"); inputClass>
        <input type="${type}" id="phoneNumber" name="phoneNumber" class="${inputClass}" value="${smspmNumber.phoneNumber}" dir="ltr"
               <#if !smspmNumber.countryMissing>autofocus</#if> <#if type == "tel">inputmode="tel"<#else>autocapitalize="off" spellcheck="false"</#if> autocomplete="${autocomplete}" maxlength="${maxlength?c}"
               aria-describedby="smspm-number-error smspm-example" aria-invalid="${error?has_content?c}">
    </@field>
</#macro>

<#-- The markup of the layout's own message. -->
<#macro alert>
    <div class="alert-error ${properties.kcAlertClass!} pf-m-danger">
        <div class="${properties.kcAlertIconClass!"pf-c-alert__icon"}">
            <span class="${properties.kcFeedbackErrorIcon!}" aria-hidden="true"></span>
        </div>
        <span class="${properties.kcAlertTitleClass!}"><#nested></span>
    </div>
</#macro>

<#macro actions>
    <div class="${properties.kcFormGroupClass!}">
        <div class="smspm-actions ${properties.kcFormButtonsClass!}">
            <#nested>
        </div>
    </div>
</#macro>

<#function buttonClass primary>
    <#local kind = primary?then(properties.kcButtonPrimaryClass!, properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!)>
    <#return [properties.kcButtonClass!, kind, properties.kcButtonBlockClass!, properties.kcButtonLargeClass!]?join(" ")>
</#function>

<#macro button label name="" primary=false describedBy="" autofocus=false>
    <button type="submit" class="${buttonClass(primary)}" data-busy-text="${busyText}"<#rt>
            <#lt><#if name?has_content> name="${name}" value="true" formnovalidate</#if><#rt>
            <#lt><#if describedBy?has_content> aria-describedby="${describedBy}"</#if><#if autofocus> autofocus</#if>>${label}</button>
</#macro>

<#-- Seconds that a script counts down; done takes the place of the text in the end, and has its room from the start. -->
<#macro countdown id seconds key done>
    <p id="${id}" class="smspm-note" data-seconds="${seconds?c}" data-text="${msg(key, "{0}")}" data-done="${done}"><#rt>
        <#lt><span>${msg(key, smspmTexts.clock(seconds))}</span></p>
</#macro>

<#-- For screen readers only, filled by scripts. -->
<#macro status>
    <div role="status" id="smspm-status" class="smspm-status"></div>
</#macro>

<#macro cancel>
    <@button label=msg("doCancel") name="cancel-aia" />
</#macro>

<#macro signOutOthers>
    <@checkBox name="logout-sessions" label=msg("logoutOtherSessions") />
</#macro>

<#macro checkBox name label checked=false>
    <div class="${properties.kcFormGroupClass!}">
        <div class="${properties.kcFormOptionsClass!}">
            <div class="${properties.kcCheckboxClass!properties.kcInputClassCheckbox!}">
                <input type="checkbox" id="${name}" name="${name}" value="on" <#if checked>checked</#if>
                       class="${properties.kcCheckboxInputClass!properties.kcInputClassCheckboxInput!}">
                <label for="${name}" class="${properties.kcCheckboxLabelClass!properties.kcInputClassCheckboxLabel!}"><#rt>
                    <#lt>${label}</label>
            </div>
        </div>
    </div>
</#macro>

<#-- In place of Keycloak's own link, which is dead without JavaScript and under a strict content security policy. -->
<#macro tryAnotherWay suggest=false>
    <#if auth?has_content && auth.showTryAnotherWayLink()>
        <form id="smspm-other-ways-form" action="${url.loginAction}" method="post" class="${properties.kcFormClass!} smspm-form"
              aria-label="${msg("doTryAnotherWay")}">
            <input type="hidden" name="tryAnotherWay" value="on">
            <#if suggest>
                <p id="smspm-other-ways">${msg("smspmOtherWays")}</p>
            </#if>
            <@actions><@button label=msg("doTryAnotherWay") /></@actions>
        </form>
    </#if>
</#macro>

<#-- The same for a page whose message may fail: then each other way is there by its name, in place of the button that leads
     to a list of them. Until that is known they are hidden, by a wrapper, which no theme gives a display of its own. -->
<#macro otherWays failed suggest>
    <#if auth?has_content && auth.showTryAnotherWayLink()>
        <div id="smspm-named-ways" <#if !failed>hidden</#if>>
            <form action="${url.loginAction}" method="post" class="${properties.kcFormClass!} smspm-form" aria-label="${msg("doTryAnotherWay")}">
                <@actions>
                    <#list auth.authenticationSelections?filter(it -> it.displayName != "smspm-phone-display-name") as way>
                        <button type="submit" class="${buttonClass(false)}" data-busy-text="${busyText}"
                                name="authenticationExecution" value="${way.authExecId}">${msg(way.displayName)}</button>
                    </#list>
                </@actions>
            </form>
        </div>
        <div id="smspm-any-way" <#if failed>hidden</#if>>
            <@tryAnotherWay suggest=suggest />
        </div>
    </#if>
</#macro>

<#-- Digits of a number keep their order in a right-to-left sentence (U+2066 … U+2069) and stay on one line (U+00A0). -->
<#function isolate number>
    <#return "\x2066" + number?replace(" ", "\xA0") + "\x2069">
</#function>

<#assign stateTexts = {
    "queued": "smspmDeliveryQueued",
    "accepted": "smspmDeliveryAccepted",
    "sent": "smspmDeliveryAccepted",
    "delivered": "smspmDeliveryDelivered",
    "unknown": "smspmDeliveryUnknown"}>

<#-- What became of the newest message; a failure stands in the lead. The other texts are here for the script, where more
     may be learnt: never where nobody is identified, since there every message is only "being sent". -->
<#macro deliveryStatus>
    <#if smspm.deliveryState?has_content>
        <#local asking = smspm.deliveryPath?has_content && !(smspm.veiled!false)>
        <#local state = smspm.deliveryState>
        <#local text = (state == "failed")?then("", smspmTexts.html(msg(stateTexts[state]))?no_esc)>
        <p id="smspm-delivery" class="smspm-note" role="status"<#if asking> data-path="${smspm.deliveryPath}"<#rt>
            <#local accepted = smspmTexts.html(msg("smspmDeliveryAccepted"))?no_esc>
            <#lt> data-queued="${(state == "queued")?then(text, smspmTexts.html(msg("smspmDeliveryQueued"))?no_esc)}"<#rt>
            <#lt> data-accepted="${accepted}" data-sent="${accepted}"<#rt>
            <#lt> data-delivered="${smspmTexts.html(msg("smspmDeliveryDelivered"))?no_esc}"<#rt>
            <#lt> data-unknown="${smspmTexts.html(msg("smspmDeliveryUnknown"))?no_esc}"<#rt>
            <#lt> data-failed="${smspmTexts.html(msg("smspmSendingFailed", smspmTexts.isolated(smspm.maskedNumber)))?no_esc}"</#if>><#rt>
            <#lt>${text}</p>
        <#if asking>
            <script type="module" src="${url.resourcesPath}/js/smspm-status.js"></script>
        </#if>
    </#if>
</#macro>
