package com.smspm.keycloak.limits;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/** A store of single-use objects on one node, where time stands still. */
final class Stores {

  private final Map<String, Long> entries = new ConcurrentHashMap<>();
  private final AtomicInteger operations = new AtomicInteger();

  Slots slots() {
    return new Slots(session(), realm());
  }

  /** A request whose transaction never ends. */
  KeycloakSession session() {
    SingleUseObjectProvider store = store();
    KeycloakTransactionManager transactions =
        stub(KeycloakTransactionManager.class, (method, key) -> null);
    return stub(
        KeycloakSession.class,
        (method, key) -> method.equals("getTransactionManager") ? transactions : store);
  }

  RealmModel realm() {
    return stub(RealmModel.class, (method, key) -> "realm");
  }

  Set<String> keys() {
    return entries.keySet();
  }

  int entries() {
    return entries.size();
  }

  /** How often the store was asked since the last call. */
  int operations() {
    return operations.getAndSet(0);
  }

  private SingleUseObjectProvider store() {
    return stub(
        SingleUseObjectProvider.class,
        (method, key) -> {
          operations.incrementAndGet();
          return switch (method) {
            case "put" -> {
              entries.put(key, 1L);
              yield null;
            }
            case "get" -> null;
            case "putIfAbsent" -> entries.putIfAbsent(key, 1L) == null;
            case "contains" -> entries.containsKey(key);
            case "remove" -> entries.remove(key) == null ? null : Map.of();
            default -> throw new UnsupportedOperationException(method);
          };
        });
  }

  private interface Answer {
    Object to(String method, String key);
  }

  private static <T> T stub(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            Stores.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                answer.to(method.getName(), arguments == null ? "" : "" + arguments[0])));
  }
}
