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
public final class Stores {

  private final Map<String, Map<String, String>> entries = new ConcurrentHashMap<>();
  private final AtomicInteger operations = new AtomicInteger();

  Slots slots() {
    return new Slots(session(), realm());
  }

  /** A request whose transaction never ends. */
  public KeycloakSession session() {
    SingleUseObjectProvider store = store();
    KeycloakTransactionManager transactions =
        stub(KeycloakTransactionManager.class, (method, arguments) -> null);
    return stub(
        KeycloakSession.class,
        (method, arguments) -> method.equals("getTransactionManager") ? transactions : store);
  }

  public RealmModel realm() {
    return stub(RealmModel.class, (method, arguments) -> "realm");
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
        (method, arguments) -> {
          operations.incrementAndGet();
          String key = (String) arguments[0];
          return switch (method) {
            case "put" -> {
              entries.put(key, notes(arguments[2]));
              yield null;
            }
            case "get" -> entries.get(key);
            case "putIfAbsent" -> entries.putIfAbsent(key, Map.of()) == null;
            case "contains" -> entries.containsKey(key);
            case "remove" -> entries.remove(key);
            default -> throw new UnsupportedOperationException(method);
          };
        });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> notes(Object argument) {
    return (Map<String, String>) argument;
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  private static <T> T stub(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            Stores.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }
}
