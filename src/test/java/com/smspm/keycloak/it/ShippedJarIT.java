package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** The jar as it is dropped into {@code providers/}: what is in it, and that it works by itself. */
class ShippedJarIT {

  private static final File JAR = new File(System.getProperty("shipped.jar"));
  private static final String OURS = "com/smspm/keycloak/";
  private static final String SHADED = OURS + "shaded/";
  private static final String SERVICES = "META-INF/services/";
  private static final long LARGEST = 3_500_000;

  @Test
  void everyClassIsOursOrRelocated() throws IOException {
    List<String> classes = names().stream().filter(name -> name.endsWith(".class")).toList();
    assertThat(classes).isNotEmpty().allMatch(name -> name.startsWith(OURS));
    assertThat(classes)
        .anyMatch(name -> name.startsWith(SHADED + "okhttp3/"))
        .anyMatch(name -> name.startsWith(SHADED + "okio/"))
        .anyMatch(name -> name.startsWith(SHADED + "kotlin/"))
        .anyMatch(name -> name.startsWith(SHADED + "dev/failsafe/"))
        .anyMatch(name -> name.startsWith(SHADED + "com/google/i18n/phonenumbers/"));
  }

  @Test
  void everyServiceOfOursIsRegisteredAndItsClassIsThere() throws IOException {
    List<String> names = names();
    List<String> services =
        names.stream()
            .filter(name -> name.startsWith(SERVICES) && !name.endsWith("/"))
            .filter(name -> name.contains("keycloak"))
            .toList();
    assertThat(services)
        .contains(
            SERVICES + "org.keycloak.provider.Spi",
            SERVICES + "org.keycloak.authentication.AuthenticatorFactory",
            SERVICES + "org.keycloak.authentication.RequiredActionFactory",
            SERVICES + "org.keycloak.credential.CredentialProviderFactory",
            SERVICES + "org.keycloak.services.resource.RealmResourceProviderFactory",
            SERVICES + "com.smspm.keycloak.gateway.SmsGatewayFactory");
    for (String service : services) {
      List<String> providers = linesOf(service);
      assertThat(providers).as(service).isNotEmpty();
      for (String provider : providers) {
        assertThat(names).contains(provider.replace('.', '/') + ".class");
      }
    }
  }

  @Test
  void licenceAndNoticeTravelAlong() throws IOException {
    assertThat(String.join("\n", linesOf("META-INF/LICENSE"))).contains("Apache License");
    assertThat(linesOf("META-INF/NOTICE")).isNotEmpty();
  }

  @Test
  void thePagesAreWhereKeycloakLooksForThem() throws IOException {
    assertThat(names())
        .contains(
            "theme-resources/templates/smspm-code.ftl",
            "theme-resources/templates/smspm-phone-number.ftl",
            "theme-resources/messages/messages_en.properties");
  }

  @Test
  void whatBrowsersKeepIsNamedByItsHashAndCalledByThatName() throws IOException {
    String resources = "theme-resources/resources/";
    List<String> assets =
        names().stream().filter(name -> name.matches(resources + ".*[^/]")).toList();
    assertThat(assets)
        .hasSizeGreaterThanOrEqualTo(4)
        .allMatch(
            name -> name.matches(resources + "(js|css)/smspm[a-z-]*\\.[0-9a-f]{10}\\.(js|css)"));
    String hash = assets.get(0).replaceFirst(".*\\.([0-9a-f]{10})\\..*", "$1");
    assertThat(linesOf("theme-resources/templates/smspm-commons.ftl"))
        .filteredOn(line -> line.matches(".*\\.(js|css)\".*"))
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(line -> line.contains("." + hash + "."));
    assertThat(linesOf(resources + "js/smspm-code." + hash + ".js"))
        .contains("import { submitOnce } from \"./smspm-form." + hash + ".js\";");
    assertThat(assets).as("none of a build before").allMatch(name -> name.contains(hash));
  }

  @Test
  void chineseIsThereUnderEveryNameThatKeycloakAsksFor() throws IOException {
    for (List<String> same :
        List.of(
            List.of("zh_CN", "zh__#Hans", "zh_CN_#Hans"),
            List.of("zh_TW", "zh__#Hant", "zh_TW_#Hant"))) {
      assertThat(same)
          .allSatisfy(
              name ->
                  assertThat(linesOf(messages(name)))
                      .isNotEmpty()
                      .isEqualTo(linesOf(messages(same.get(0)))));
    }
  }

  private static String messages(String locale) {
    return "theme-resources/messages/messages_" + locale + ".properties";
  }

  @Test
  void itIsSmallEnough() {
    assertThat(JAR.length()).isPositive().isLessThanOrEqualTo(LARGEST);
  }

  @Test
  void theRelocatedHttpClientTalksTls() throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    HandshakeCertificates trust =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    // The server ends first, and without HTTP/2's own threads: nothing asks a closed jar for
    // classes
    try (URLClassLoader jar = new URLClassLoader(new URL[] {JAR.toURI().toURL()}, new Server());
        MockWebServer server = new MockWebServer()) {
      server.setProtocolNegotiationEnabled(false);
      server.useHttps(
          new HandshakeCertificates.Builder()
              .heldCertificate(certificate)
              .build()
              .sslSocketFactory());
      server.enqueue(new MockResponse.Builder().body("taken").build());
      server.start(InetAddress.getLoopbackAddress(), 0);

      String url = "https://127.0.0.1:" + server.getPort() + "/";
      assertThat(post(new Relocated(jar), url, "{\"text\":\"\u00f5\"}", trust)).isEqualTo("taken");

      RecordedRequest request = server.takeRequest();
      assertThat(request.getHandshake()).isNotNull();
      assertThat(request.getBody().utf8()).isEqualTo("{\"text\":\"\u00f5\"}");
    }
  }

  @Test
  void numbersAreReadWithTheRelocatedMetadata() throws Exception {
    try (URLClassLoader jar = new URLClassLoader(new URL[] {JAR.toURI().toURL()}, new Server())) {
      Class<?> policy = jar.loadClass("com.smspm.keycloak.phone.NumberPolicy");
      Object check =
          policy
              .getMethod("check", String.class, String.class)
              .invoke(policy.getField("DEFAULT").get(null), "5678 9045", "EE");
      assertThat(check.getClass().getSimpleName()).isEqualTo("Accepted");
    }
  }

  /** As the gateway does it, but through reflection, since the names are not those we compile. */
  private static Object post(Relocated okhttp, String url, String json, HandshakeCertificates trust)
      throws ReflectiveOperationException {
    Object clients = okhttp.make("OkHttpClient$Builder");
    okhttp
        .method(clients, "sslSocketFactory", SSLSocketFactory.class, X509TrustManager.class)
        .invoke(clients, trust.sslSocketFactory(), trust.trustManager());
    Object client = okhttp.method(clients, "build").invoke(clients);
    Class<?> media = okhttp.type("MediaType");
    Class<?> bodies = okhttp.type("RequestBody");
    Object type = media.getMethod("get", String.class).invoke(null, "application/json");
    Object body = bodies.getMethod("create", String.class, media).invoke(null, json, type);
    Object requests = okhttp.make("Request$Builder");
    okhttp.method(requests, "url", String.class).invoke(requests, url);
    okhttp.method(requests, "post", bodies).invoke(requests, body);
    Object request = okhttp.method(requests, "build").invoke(requests);
    Object call = okhttp.method(client, "newCall", okhttp.type("Request")).invoke(client, request);
    Object response = okhttp.type("Call").getMethod("execute").invoke(call);
    Object answer = okhttp.method(response, "body").invoke(response);
    return okhttp.type("ResponseBody").getMethod("string").invoke(answer);
  }

  private record Relocated(ClassLoader jar) {

    Class<?> type(String name) throws ClassNotFoundException {
      return jar.loadClass("com.smspm.keycloak.shaded.okhttp3." + name);
    }

    Object make(String name) throws ReflectiveOperationException {
      return type(name).getConstructor().newInstance();
    }

    Method method(Object of, String name, Class<?>... parameters) throws NoSuchMethodException {
      return of.getClass().getMethod(name, parameters);
    }
  }

  /** Has what a server has, and neither our classes nor the libraries that the jar must bring. */
  private static final class Server extends ClassLoader {

    Server() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.matches("(org\\.keycloak|org\\.jboss|com\\.fasterxml|jakarta)\\..*")) {
        return ShippedJarIT.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  private static List<String> names() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      return jar.stream().map(JarEntry::getName).toList();
    }
  }

  private static List<String> linesOf(String name) throws IOException {
    try (JarFile jar = new JarFile(JAR);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    jar.getInputStream(jar.getJarEntry(name)), StandardCharsets.UTF_8))) {
      return reader.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
  }
}
