package com.smspm.keycloak.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.htmlunit.BrowserVersion;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.Cookie;
import org.htmlunit.util.NameValuePair;
import org.htmlunit.util.WebConnectionWrapper;

/** A browser with JavaScript off, and cookies of its own. */
final class TestBrowser implements AutoCloseable {

  private static final String SERVER = "http://localhost:8080";
  static final String ISSUER = SERVER + "/realms/" + DemoRealm.NAME + "/protocol/openid-connect/";

  private final WebClient client = new WebClient(BrowserVersion.CHROME);
  private final List<String> urls = new ArrayList<>();
  private String otherOrigin = SERVER;
  private HtmlPage page;
  private String deliveryPath = "";

  TestBrowser() {
    client.getOptions().setJavaScriptEnabled(false);
    client.getOptions().setCssEnabled(false);
    client.getOptions().setThrowExceptionOnFailingStatusCode(false);
    client.getOptions().setTimeout(30_000);
    new WebConnectionWrapper(client) {
      @Override
      public WebResponse getResponse(WebRequest request) throws IOException {
        urls.add(request.getUrl().toString());
        request.setUrl(
            URI.create(request.getUrl().toString().replace(otherOrigin, SERVER)).toURL());
        WebResponse response = super.getResponse(request);
        Optional.ofNullable(response.getResponseHeaderValue("Location")).ifPresent(urls::add);
        return response;
      }
    };
  }

  /** What an application does to log somebody in; further parameters as {@code name, value}. */
  TestBrowser open(String... parameters) {
    return go(authorization(parameters));
  }

  /** Where an application sends a browser; further or other parameters as {@code name, value}. */
  static String authorization(String... parameters) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("client_id", "demo-app");
    query.put("response_type", "code");
    query.put("scope", "openid");
    query.put("state", "s");
    query.put("code_challenge_method", "S256");
    query.put("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    query.put("redirect_uri", DemoRealm.APPLICATION);
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], parameters[i + 1]);
    }
    return query.entrySet().stream()
        .map(it -> it.getKey() + "=" + it.getValue())
        .collect(Collectors.joining("&", ISSUER + "auth?", ""));
  }

  /** As {@link #open}, and returns where the page can be asked for again. */
  String openedLogin(String... parameters) {
    open(parameters);
    return urls.stream()
        .filter(it -> it.contains("/login-actions/"))
        .reduce((earlier, later) -> later)
        .orElseGet(() -> url().toString());
  }

  /** Reaches the server under another origin too, as through a proxy. */
  TestBrowser reaching(String origin) {
    otherOrigin = origin;
    return this;
  }

  TestBrowser go(String url) {
    try {
      page = client.getPage(url);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the login page and enters name and password. */
  TestBrowser signIn(TestUser user) {
    return open().enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
  }

  /** Follows the login page's link for those who have forgotten their password. */
  TestBrowser forgotPassword() {
    return click(page.getFirstByXPath("//a[contains(@href, 'reset-credentials')]"));
  }

  /** Follows the login page's link for those who have no account yet. */
  TestBrowser register() {
    return click(page.getFirstByXPath("//a[contains(@href, 'registration')]"));
  }

  TestBrowser enterCode(String code) {
    return enter(Map.of("code", code), null);
  }

  TestBrowser enterNumber(String country, String number) {
    HtmlForm form = form("phoneNumber");
    form.getSelectByName("country").setSelectedAttribute(country, true);
    return enter(Map.of("phoneNumber", number), null);
  }

  TestBrowser press(String button) {
    return click(page.getElementsByName(button).get(0));
  }

  /** Fills fields of one form and presses its first button, or the one named. */
  TestBrowser enter(Map<String, String> fields, String button) {
    HtmlForm form = form(fields.keySet().iterator().next());
    fields.forEach((name, value) -> form.getInputByName(name).setValue(value));
    DomElement submit =
        button == null
            ? form.querySelector("button[type=submit]:not([form]), input[type=submit]")
            : page.getElementsByName(button).get(0);
    return click(submit);
  }

  /**
   * Goes to the list of other ways, by our own button or, as its script would, by Keycloak's link.
   */
  TestBrowser tryAnotherWay() {
    List<HtmlForm> forms =
        page.getElementsByName("tryAnotherWay").stream()
            .map(field -> ((HtmlElement) field).getEnclosingForm())
            .toList();
    DomElement ours =
        forms.stream()
            .map(form -> (DomElement) form.querySelector("button[type=submit]"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return ours == null ? submit(forms.get(0)) : click(ours);
  }

  /** Whether the page leads to other ways. */
  boolean offersAnotherWay() {
    return has("tryAnotherWay");
  }

  /** Chooses from the list of other ways, by what it is called there. */
  TestBrowser choose(String way) {
    return submit(page.getFirstByXPath("//li[contains(., '" + way + "')]//form"));
  }

  /** Does what a script would do with a form that has no button. */
  private TestBrowser submit(HtmlForm form) {
    DomElement button = page.createElement("button");
    button.setAttribute("type", "submit");
    form.appendChild(button);
    return click(button);
  }

  /** As the browser's own button. */
  TestBrowser back() {
    try {
      client.getCurrentWindow().getHistory().back();
      page = (HtmlPage) client.getCurrentWindow().getEnclosedPage();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestBrowser follow(String link) {
    return click(page.getElementById(link));
  }

  /** Another window of the same browser, at the same page. */
  TestBrowser sameSession() {
    TestBrowser other = new TestBrowser();
    client.getCookieManager().getCookies().forEach(other.client.getCookieManager()::addCookie);
    other.page = page;
    return other.refresh();
  }

  /** With each request from now on, as a proxy would. */
  TestBrowser sending(String header, String value) {
    client.addRequestHeader(header, value);
    return this;
  }

  TestBrowser tick(String box) {
    ((HtmlCheckBoxInput) page.getElementsByName(box).get(0)).setChecked(true);
    return this;
  }

  boolean isTicked(String box) {
    return ((HtmlCheckBoxInput) page.getElementsByName(box).get(0)).isChecked();
  }

  /** The cookies whose names begin so. */
  List<Cookie> cookies(String prefix) {
    return client.getCookieManager().getCookies().stream()
        .filter(cookie -> cookie.getName().startsWith(prefix))
        .toList();
  }

  /** Keeps cookies with this beginning, and forgets all others: no session is left. */
  TestBrowser keepOnly(String prefix) {
    List<Cookie> kept = cookies(prefix);
    client.getCookieManager().clearCookies();
    kept.forEach(client.getCookieManager()::addCookie);
    return this;
  }

  TestBrowser takeCookie(String name, String value, String path) {
    client.getCookieManager().addCookie(new Cookie("localhost", name, value, path, null, false));
    return this;
  }

  /** Puts cookies of another browser, whose names begin so, in the place of its own. */
  TestBrowser takeCookies(TestBrowser other, String prefix) {
    dropCookies(prefix);
    other.cookies(prefix).forEach(client.getCookieManager()::addCookie);
    return this;
  }

  TestBrowser dropCookies(String prefix) {
    cookies(prefix).forEach(client.getCookieManager()::removeCookie);
    return this;
  }

  /** Closes the window and comes back later: what only a session knows is gone. */
  TestBrowser forgetSession() {
    client.getCookieManager().getCookies().stream()
        .filter(cookie -> !cookie.getName().contains("SMSPM"))
        .forEach(client.getCookieManager()::removeCookie);
    return this;
  }

  /** Every address so far: what was asked for, and where answers led. */
  List<String> urls() {
    return List.copyOf(urls);
  }

  private HtmlForm form(String field) {
    return ((HtmlElement) page.getElementsByName(field).get(0)).getEnclosingForm();
  }

  private TestBrowser click(DomElement element) {
    try {
      page = element.click();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a browser with JavaScript does: Keycloak's script has replaced the address by this one. */
  TestBrowser refresh() {
    return go(page.getForms().get(0).getActionAttribute().replaceAll("session_code=[^&]*&", ""));
  }

  /** Chooses a language in the page's own list. */
  TestBrowser switchTo(String language) {
    DomElement choice = page.querySelector("option[value*='kc_locale=" + language + "']");
    return go("http://localhost:8080" + choice.getAttribute("value"));
  }

  /** What is in a field, hidden ones too. */
  String value(String name) {
    return form(name).getInputByName(name).getValue();
  }

  /** Whether the page has a field or button of this name. */
  boolean has(String name) {
    return !page.getElementsByName(name).isEmpty();
  }

  /** Whether the browser is back at the application, with an authorization code. */
  boolean isLoggedIn() {
    return url().toString().startsWith(DemoRealm.APPLICATION) && url().getQuery().contains("code=");
  }

  URI url() {
    return URI.create(page.getUrl().toExternalForm());
  }

  String text() {
    return page.asNormalizedText();
  }

  String html() {
    return page.getWebResponse().getContentAsString();
  }

  /** Where the page asks what became of its message. */
  String deliveryPath() {
    String path = page.getElementById("smspm-delivery").getAttribute("data-path");
    if (!path.isEmpty()) {
      deliveryPath = path;
    }
    return deliveryPath;
  }

  /** Where the page's form goes: what another client would need to send the same. */
  String formAction() {
    return form("code").getActionAttribute();
  }

  /** Where the page's first form goes. */
  String action() {
    return page.getForms().get(0).getActionAttribute();
  }

  /** Sends any fields to where the page's form goes. */
  TestBrowser post(Map<String, String> fields) {
    return postTo(action(), fields);
  }

  /** Sends any fields anywhere. */
  TestBrowser postTo(String action, Map<String, String> fields) {
    try {
      WebRequest request = new WebRequest(URI.create(action).toURL(), HttpMethod.POST);
      request.setRequestParameters(
          fields.entrySet().stream()
              .map(field -> new NameValuePair(field.getKey(), field.getValue()))
              .toList());
      page = client.getPage(request);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int status() {
    return page.getWebResponse().getStatusCode();
  }

  /**
   * Posts an answer to where a code page's form goes, from a client with this browser's cookies.
   *
   * @return where the answer leads; empty when it leads nowhere
   */
  String postCode(String action, String code) {
    try (WebClient other = new WebClient()) {
      other.getOptions().setRedirectEnabled(false);
      other.getOptions().setThrowExceptionOnFailingStatusCode(false);
      for (Cookie cookie : client.getCookieManager().getCookies()) {
        other.getCookieManager().addCookie(cookie);
      }
      WebRequest request = new WebRequest(URI.create(action).toURL(), HttpMethod.POST);
      request.setRequestParameters(List.of(new NameValuePair("code", code)));
      String location = other.loadWebResponse(request).getResponseHeaderValue("Location");
      return location == null ? "" : location;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many of so many posts at the same moment lead to the application. */
  int loginsByPostsAtOnce(String action, String code, int count) {
    return (int)
        AtOnce.run(count, i -> () -> postCode(action, code)).stream()
            .filter(location -> location.startsWith(DemoRealm.APPLICATION))
            .count();
  }

  @Override
  public void close() {
    client.close();
  }
}
