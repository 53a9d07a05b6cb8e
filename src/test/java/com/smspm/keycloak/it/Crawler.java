package com.smspm.keycloak.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.htmlunit.BrowserVersion;
import org.htmlunit.FormEncodingType;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.util.NameValuePair;

/**
 * Wanders through pages without any sense: submits their forms with whatever it likes, follows
 * their links, sends forms of long ago again, reloads, and begins anew. All that it decides comes
 * from one seed.
 */
final class Crawler implements AutoCloseable {

  private static final String SERVER = "http://localhost:8080/";

  /** Buttons and fields that pages know, sent whether or not the page at hand has them. */
  private static final List<String> EXTRAS =
      List.of(
          "resend",
          "changeNumber",
          "trustDevice",
          "tryAnotherWay",
          "logout-sessions",
          "cancel-aia",
          "phoneNumber",
          "code",
          "authenticationExecution",
          "username");

  private static final int MOST_OLD_FORMS = 50;

  private final WebClient client = new WebClient(BrowserVersion.CHROME);
  private final Random random;
  private final List<String> doors;
  private final BiFunction<String, Random, String> values;
  private final List<String> oldForms = new ArrayList<>();
  private final Map<String, Integer> seen = new TreeMap<>();
  private Page page;
  private String did = "";

  /**
   * @param doors where a wander can begin
   * @param values what to write into a field of a name
   */
  Crawler(long seed, List<String> doors, BiFunction<String, Random, String> values) {
    this.random = new Random(seed);
    this.doors = doors;
    this.values = values;
    client.getOptions().setJavaScriptEnabled(false);
    client.getOptions().setCssEnabled(false);
    client.getOptions().setThrowExceptionOnFailingStatusCode(false);
    client.getOptions().setTimeout(30_000);
    client.getOptions().setHistorySizeLimit(1);
  }

  /** One step, to some other page or to the same. */
  Page step() {
    int what = random.nextInt(100);
    if (!(page instanceof HtmlPage here) || !isOurs(here) || what < 4) {
      open("door", pick(doors));
    } else if (what < 6) {
      open("reload", here.getUrl().toString());
    } else if (what < 16 && !here.getAnchors().isEmpty()) {
      follow(here, pick(here.getAnchors()));
    } else if (what < 22 && !oldForms.isEmpty()) {
      post("old form", pick(oldForms), fieldsOf(here.getForms()));
    } else if (!here.getForms().isEmpty()) {
      HtmlForm form = pick(here.getForms());
      post("form " + form.getId(), form.getActionAttribute(), fieldsOf(List.of(form)));
    } else {
      open("door", pick(doors));
    }
    if (page instanceof HtmlPage there && isOurs(there)) {
      there.getForms().forEach(form -> remember(form.getActionAttribute()));
      there.getElementsByTagName("input").forEach(it -> count("field " + it.getAttribute("name")));
    }
    return page;
  }

  /** Another browser: no session, no trust. */
  void forgetCookies() {
    client.getCookieManager().clearCookies();
  }

  /** What was done last, without any value. */
  String did() {
    return did;
  }

  /** How often each field was seen, and each kind of step done. */
  Map<String, Integer> seen() {
    return seen;
  }

  private static boolean isOurs(HtmlPage here) {
    return here.getUrl().toString().startsWith(SERVER);
  }

  private void follow(HtmlPage here, HtmlAnchor anchor) {
    try {
      String address = here.getFullyQualifiedUrl(anchor.getHrefAttribute()).toString();
      open("link", address.startsWith(SERVER) ? address : pick(doors));
    } catch (IOException notAnAddress) {
      open("door", pick(doors));
    }
  }

  private List<NameValuePair> fieldsOf(List<HtmlForm> forms) {
    Map<String, String> fields = new HashMap<>();
    for (HtmlForm form : forms) {
      for (DomElement element : form.getFormElements()) {
        String name = element.getAttribute("name");
        if (!name.isEmpty() && random.nextInt(100) < (isOption(element) ? 30 : 95)) {
          fields.put(name, valueFor(name, element));
        }
      }
    }
    if (random.nextInt(100) < 15) {
      String extra = pick(EXTRAS);
      fields.put(extra, values.apply(extra, random));
    }
    return fields.entrySet().stream()
        .map(field -> new NameValuePair(field.getKey(), field.getValue()))
        .toList();
  }

  /** What a browser sends only when it was chosen. */
  private static boolean isOption(DomElement element) {
    return element.getTagName().equals("button")
        || List.of("checkbox", "radio", "submit").contains(element.getAttribute("type"));
  }

  private String valueFor(String name, DomElement element) {
    if (element instanceof HtmlSelect select && random.nextInt(100) < 80) {
      List<HtmlOption> options = select.getOptions();
      return options.isEmpty() ? "" : pick(options).getValueAttribute();
    }
    boolean given = isOption(element) || "hidden".equals(element.getAttribute("type"));
    return given && random.nextInt(100) < 90
        ? element.getAttribute("value")
        : values.apply(name, random);
  }

  private void open(String how, String address) {
    go(how, address, HttpMethod.GET, List.of());
  }

  private void post(String how, String address, List<NameValuePair> fields) {
    go(how, address, HttpMethod.POST, fields);
  }

  private void go(String how, String address, HttpMethod method, List<NameValuePair> fields) {
    count("step " + how.split(" ")[0]);
    did = how;
    try {
      URI target = page == null ? new URI(address) : page.getUrl().toURI().resolve(address);
      WebRequest request = new WebRequest(target.toURL(), method);
      if (method == HttpMethod.POST) {
        request.setEncodingType(FormEncodingType.URL_ENCODED);
        request.setRequestParameters(fields);
      }
      page = client.getPage(request);
    } catch (IOException e) {
      throw new UncheckedIOException(how, e);
    } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
      page = null;
    }
  }

  private void remember(String form) {
    if (oldForms.size() < MOST_OLD_FORMS) {
      oldForms.add(form);
    } else {
      oldForms.set(random.nextInt(MOST_OLD_FORMS), form);
    }
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  @Override
  public void close() {
    client.close();
  }
}
