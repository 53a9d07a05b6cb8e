package com.smspm.keycloak.it;

import org.keycloak.testframework.server.KeycloakServerConfigBuilder;

/** A server that believes what a proxy on its own machine says of clients. */
public class ProxiedServer extends TestServer {

  @Override
  public KeycloakServerConfigBuilder configure(KeycloakServerConfigBuilder server) {
    return super.configure(server)
        .option("proxy-headers", "xforwarded")
        .option("proxy-trusted-addresses", "127.0.0.0/8,::1");
  }
}
