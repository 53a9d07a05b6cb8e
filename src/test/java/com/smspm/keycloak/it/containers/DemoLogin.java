package com.smspm.keycloak.it.containers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.htmlunit.HttpMethod;
import org.htmlunit.StringWebResponse;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.Cookie;
import org.htmlunit.util.NameValuePair;
import org.htmlunit.util.WebConnectionWrapper;

/**
 * One login at the demo realm's application, in a browser of its own that runs no scripts. The
 * application itself need not be there: the browser answers for it.
 */
final class DemoLogin implements AutoCloseable {

  private static final String APPLICATION = "http://localhost:8099/app";

  /** Any text of 43 to 128 unreserved characters will do for one login (RFC 7636, section 4.1). */
  private static final String VERIFIER = "a-verifier-that-nobody-else-is-going-to-see-in-a-test";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final WebClient browser = new WebClient();
  private final String protocol;

  DemoLogin(String server) throws IOException {
    protocol = server + "/realms/smspm-demo/protocol/openid-connect";
    browser.getOptions().setJavaScriptEnabled(false);
    browser.getOptions().setCssEnabled(false);
    browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
    browser.setWebConnection(new Application(browser));
    browser.getPage(authorization(protocol));
  }

  private static String authorization(String protocol) {
    return protocol
        + "/auth?"
        + form(
            Map.of(
                "client_id", "demo-app",
                "redirect_uri", APPLICATION,
                "response_type", "code",
                "scope", "openid",
                "code_challenge", challenge(),
                "code_challenge_method", "S256"));
  }

  /** Begins anew in the same browser, at any node, with nothing left but that it is trusted. */
  DemoLogin again(String server) throws IOException {
    List<Cookie> trust =
        browser.getCookieManager().getCookies().stream()
            .filter(cookie -> cookie.getName().contains("SMSPM_DEVICE_"))
            .toList();
    browser.getCookieManager().clearCookies();
    trust.forEach(browser.getCookieManager()::addCookie);
    browser.getPage(at(server, authorization(protocol)));
    return this;
  }

  DemoLogin chooseToTrust() {
    ((HtmlCheckBoxInput) page().getElementById("trustDevice")).setChecked(true);
    return this;
  }

  DemoLogin enterPassword(String username, String password) throws IOException {
    HtmlForm form = page().getHtmlElementById("kc-form-login");
    form.getInputByName("username").type(username);
    form.getInputByName("password").type(password);
    submit(form);
    return this;
  }

  /** In its international form. */
  DemoLogin enterNumber(String number) throws IOException {
    HtmlForm form = page().getHtmlElementById("smspm-phone-number-form");
    form.getInputByName("phoneNumber").type(number);
    submit(form);
    return this;
  }

  DemoLogin enterCode(String code) throws IOException {
    HtmlForm form = page().getHtmlElementById("smspm-code-form");
    form.getInputByName("code").type(code);
    submit(form);
    return this;
  }

  /** As {@link #enterCode}, but the answer goes to another node of the cluster. */
  DemoLogin enterCodeAt(String server, String code) throws IOException {
    HtmlForm form = page().getHtmlElementById("smspm-code-form");
    form.setActionAttribute(at(server, form.getActionAttribute()));
    return enterCode(code);
  }

  /**
   * Posts a code to a node from a client with this browser's cookies, and leaves the page as it is.
   *
   * @return where the answer leads; empty when it leads nowhere
   */
  String postCode(String server, String code) throws IOException {
    HtmlForm form = page().getHtmlElementById("smspm-code-form");
    WebRequest request =
        new WebRequest(URI.create(at(server, form.getActionAttribute())).toURL(), HttpMethod.POST);
    request.setRequestParameters(List.of(new NameValuePair("code", code)));
    try (WebClient other = new WebClient()) {
      other.getOptions().setRedirectEnabled(false);
      other.getOptions().setThrowExceptionOnFailingStatusCode(false);
      browser.getCookieManager().getCookies().forEach(other.getCookieManager()::addCookie);
      String location = other.loadWebResponse(request).getResponseHeaderValue("Location");
      return location == null ? "" : location;
    }
  }

  static boolean leadsToTheApplication(String location) {
    return location.startsWith(APPLICATION);
  }

  /** Where the page asks a node what became of its message. */
  String statusAt(String server) {
    return server + page().getElementById("smspm-delivery").getAttribute("data-path");
  }

  static String at(String server, String url) {
    return url.replaceFirst("^https?://[^/]+", server);
  }

  /** Whether the page has a field for a code. */
  boolean hasCodeField() {
    return page().getElementById("code") != null;
  }

  /** Loads the page again; where Keycloak calls it expired, goes on with the login. */
  DemoLogin refresh() {
    try {
      browser.getPage(page().getUrl());
      if (page().getElementById("loginContinueLink") instanceof HtmlElement goOn) {
        goOn.click();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  boolean isAskingForACode() {
    return page().getElementById("smspm-code-form") != null;
  }

  /** What a person reads. */
  String text() {
    return page().asNormalizedText();
  }

  boolean isBackAtTheApplication() {
    return page().getUrl().toString().startsWith(APPLICATION + "?");
  }

  /** Redeems what the application was given, and returns whom the ID token names. */
  String username() throws IOException {
    String code =
        List.of(page().getUrl().getQuery().split("&")).stream()
            .filter(parameter -> parameter.startsWith("code="))
            .map(parameter -> parameter.substring("code=".length()))
            .collect(Collectors.joining());
    WebRequest request = new WebRequest(URI.create(protocol + "/token").toURL(), HttpMethod.POST);
    request.setRequestParameters(
        List.of(
            new NameValuePair("grant_type", "authorization_code"),
            new NameValuePair("client_id", "demo-app"),
            new NameValuePair("redirect_uri", APPLICATION),
            new NameValuePair("code", code),
            new NameValuePair("code_verifier", VERIFIER)));
    WebResponse answer = browser.loadWebResponse(request);
    String token = JSON.readTree(answer.getContentAsString()).path("id_token").asText();
    String payload = token.split("\\.")[1];
    return JSON.readTree(Base64.getUrlDecoder().decode(payload))
        .path("preferred_username")
        .asText();
  }

  private HtmlPage page() {
    return (HtmlPage) browser.getCurrentWindow().getEnclosedPage();
  }

  private static void submit(HtmlForm form) throws IOException {
    form.<HtmlElement>getFirstByXPath(".//*[@type='submit'][not(@form)]").click();
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String challenge() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
  }

  /** Answers for the application with an empty page; everything else goes to the network. */
  private static final class Application extends WebConnectionWrapper {

    Application(WebClient browser) {
      super(browser);
    }

    @Override
    public WebResponse getResponse(WebRequest request) throws IOException {
      if (request.getUrl().toString().startsWith(APPLICATION)) {
        return new StringWebResponse("<!DOCTYPE html><title>Application</title>", request.getUrl());
      }
      return super.getResponse(request);
    }
  }
}
