<#-- What both pages share. Only property classes that are the same in every theme are relied on: keycloak.v2 has
     field.ftl and buttons.ftl for this, other themes do not. -->

<#-- keycloak.v2 draws the border of a field on a wrapper around the input, keycloak (v1) on the input itself. Only
     themes of the first kind have a class for what sits beside the input inside that wrapper. -->
<#assign wrapsInput = properties.kcFormControlUtilClass?has_content>

<#macro assets script>
    <link rel="stylesheet" href="${url.resourcesPath}/css/smspm.css">
    <script type="module" src="${url.resourcesPath}/js/${script}.js"></script>
</#macro>

<#-- One labelled field; the nested content is the input, given the classes for it. With an errorId there is a place for
     the error, which keeps its height while it is empty: nothing below moves when there is one. -->
<#macro field id label class="" dir="" errorId="" error="">
    <div class="${properties.kcFormGroupClass!}">
        <div class="${properties.kcFormGroupLabelClass!properties.kcLabelWrapperClass!}">
            <label for="${id}" class="${properties.kcFormLabelClass!properties.kcLabelClass!}"><#rt>
                <#lt><span class="${properties.kcFormLabelTextClass!}">${label}</span></label>
        </div>
        <div class="${properties.kcInputWrapperClass!}">
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

<#macro button label name="" primary=false>
    <button type="submit" class="${buttonClass(primary)}" data-busy-text="${msg("smspmBusy")}"
            <#if name?has_content>name="${name}" value="true" formnovalidate</#if>>${label}</button>
</#macro>

<#macro cancel>
    <@button label=msg("doCancel") name="cancel-aia" />
</#macro>

<#macro signOutOthers>
    <div class="${properties.kcFormGroupClass!}">
        <div class="${properties.kcFormOptionsClass!}">
            <div class="${properties.kcCheckboxClass!properties.kcInputClassCheckbox!}">
                <input type="checkbox" id="logout-sessions" name="logout-sessions" value="on"
                       class="${properties.kcCheckboxInputClass!properties.kcInputClassCheckboxInput!}">
                <label for="logout-sessions" class="${properties.kcCheckboxLabelClass!properties.kcInputClassCheckboxLabel!}"><#rt>
                    <#lt>${msg("logoutOtherSessions")}</label>
            </div>
        </div>
    </div>
</#macro>

<#-- Keycloak's own link to the other ways only works with JavaScript. -->
<#macro tryAnotherWay>
    <#if auth?has_content && auth.showTryAnotherWayLink()>
        <noscript>
            <form action="${url.loginAction}" method="post" class="${properties.kcFormClass!} smspm-form">
                <input type="hidden" name="tryAnotherWay" value="on">
                <@actions><@button label=msg("doTryAnotherWay") /></@actions>
            </form>
        </noscript>
    </#if>
</#macro>

<#-- Digits of a number keep their order in a right-to-left sentence (U+2066 … U+2069) and stay on one line (U+00A0). -->
<#function isolate number>
    <#return "\x2066" + number?replace(" ", "\xA0") + "\x2069">
</#function>

<#-- 299 becomes 4:59. -->
<#function clock seconds>
    <#local rest = seconds % 60>
    <#return (seconds / 60)?floor?c + ":" + (rest < 10)?then("0", "") + rest?c>
</#function>
