package com.smspm.keycloak.challenge;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.common.util.Time;

/**
 * Remembers for an hour what this node has said in its log, so that a text which stays as it is
 * does not fill the log with each message. Thread-safe.
 */
final class Said {

  private static final int SECONDS = 3600;

  /** Nobody writes so many texts; when it happens, some things are said twice. */
  private static final int MOST = 1000;

  /** By hash: what is remembered may be long. */
  private final Map<Integer, Long> when = new ConcurrentHashMap<>();

  boolean isNew(Object... what) {
    long now = Time.currentTimeMillis() / 1000;
    if (when.size() >= MOST) {
      when.clear();
    }
    int hash = List.of(what).hashCode();
    Long before = when.putIfAbsent(hash, now);
    // A clock that was put back does not keep us silent
    return before == null || (Math.abs(now - before) >= SECONDS && when.replace(hash, before, now));
  }
}
