package com.smspm.keycloak.it;

import com.smspm.keycloak.simulator.SmspmSimulator;
import java.nio.file.Path;
import org.keycloak.testframework.server.KeycloakServerConfig;
import org.keycloak.testframework.server.KeycloakServerConfigBuilder;
import org.keycloak.testframework.server.KeycloakServerConfigBuilder.LogHandlers;

/** A server with the extension, beside a simulator; everything of ours logs what it can. */
public class TestServer implements KeycloakServerConfig {

  static final SmspmSimulator SIMULATOR = SmspmSimulator.start(0);
  private static final Path THEMES = Path.of("src", "test", "themes").toAbsolutePath();
  static final Path LOG = Path.of("target", "keycloak-it.log").toAbsolutePath();

  @Override
  public KeycloakServerConfigBuilder configure(KeycloakServerConfigBuilder server) {
    server
        .log()
        .handlers(LogHandlers.FILE)
        .categoryLevel("com.smspm.keycloak", "trace")
        .categoryLevel("okhttp3", "trace");
    return server
        .option("log-file", LOG.toString())
        // As in production, where a browser keeps what it has loaded
        .option("spi-theme--static-max-age", "2592000")
        .spiOption("theme", "folder", "dir", THEMES.toString())
        .dependencyCurrentProject()
        .dependency("com.squareup.okhttp3", "okhttp-jvm")
        .dependency("com.squareup.okio", "okio-jvm")
        .dependency("org.jetbrains.kotlin", "kotlin-stdlib")
        .dependency("com.googlecode.libphonenumber", "libphonenumber")
        .dependency("dev.failsafe", "failsafe")
        .spiOption("sms-gateway", "smspm", "endpoint", SIMULATOR.endpoint())
        .spiOption("sms-gateway", "smspm", "hash", "demo-hash")
        .spiOption("sms-gateway", "smspm", "token", "demo-token")
        .spiOption("sms-delivery", "default", "report-base-url", "http://localhost:8080");
  }
}
