package com.smspm.keycloak.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * The one primitive behind every limit: N slots, each claimed atomically across the cluster and
 * free again after its own window. That is an exact sliding window: at no time are more than N
 * claims younger than the window, and no counter has to be read and written back.
 *
 * <p>Claims take effect at once and are not rolled back with the transaction; whoever claims
 * releases what turned out not to be needed.
 */
public final class Slots {

  private static final String PREFIX = "smspm:";
  private static final String UNTIL = "until";
  private static final String NOTE = ":note";

  private final SingleUseObjectProvider store;
  private final RealmModel realm;

  /** How the keys of each owner begin: the slots of one are asked for more than once. */
  private final Map<Owner, String> prefixes = new ConcurrentHashMap<>();

  public Slots(KeycloakSession session, RealmModel realm) {
    this.store = session.singleUseObjects();
    this.realm = realm;
  }

  /** Claims the first free slot of {@code size}, for {@code window} (whole seconds). */
  public OptionalInt claim(String what, String whose, int size, Duration window) {
    for (int slot = 1; slot <= size; slot++) {
      if (claimSlot(what, whose, slot, window)) {
        return OptionalInt.of(slot);
      }
    }
    return OptionalInt.empty();
  }

  /** Claims one certain slot. */
  boolean claimSlot(String what, String whose, int slot, Duration window) {
    return store.putIfAbsent(key(what, whose, slot), window.toSeconds());
  }

  /**
   * Writes down when a slot just claimed becomes free. Only its claimer may, and once; other
   * requests see it after this one's transaction.
   */
  void noteEnd(String what, String whose, int slot, Duration window) {
    long until = now() + window.toSeconds();
    store.put(
        key(what, whose, slot) + ":end", window.toSeconds(), Map.of(UNTIL, Long.toString(until)));
  }

  /**
   * How long until the first of these slots is free; {@code otherwise} where nobody wrote it down.
   */
  Duration firstEnd(String what, String whose, List<Integer> slots, Duration otherwise) {
    return slots.stream()
        .map(slot -> store.get(key(what, whose, slot) + ":end"))
        .filter(notes -> notes != null && notes.get(UNTIL) != null)
        .map(notes -> Long.parseLong(notes.get(UNTIL)) - now())
        .map(seconds -> Duration.ofSeconds(Math.max(1, seconds)))
        .min(Duration::compareTo)
        .orElse(otherwise);
  }

  /**
   * Writes down something about a slot. Only its claimer may, and once, or whoever is the only one
   * to write there; other requests see it after this one's transaction.
   */
  public void note(String what, String whose, int slot, Duration kept, Map<String, String> notes) {
    store.put(key(what, whose, slot) + NOTE, kept.toSeconds(), notes);
  }

  /** What was written down about a slot; null when nothing was, or when it has expired. */
  public Map<String, String> noted(String what, String whose, int slot) {
    return store.get(key(what, whose, slot) + NOTE);
  }

  void eraseNote(String what, String whose, int slot) {
    store.remove(key(what, whose, slot) + NOTE);
  }

  /** Frees a slot; of any number of callers, on any node, one gets {@code true}. */
  boolean take(String what, String whose, int slot) {
    return store.remove(key(what, whose, slot)) != null;
  }

  /** Whether a slot is claimed now. */
  public boolean isTaken(String what, String whose, int slot) {
    return store.contains(key(what, whose, slot));
  }

  /** Frees a slot before its window has passed. */
  public void release(String what, String whose, int slot) {
    // In this order: what the next claimer writes down must not be taken for this one's
    store.remove(key(what, whose, slot) + ":end");
    store.remove(key(what, whose, slot));
  }

  private static long now() {
    return Time.currentTimeMillis() / 1000;
  }

  /**
   * Keys of the shared cache hold nothing that came from outside, and nothing that can be read
   * back.
   */
  private String key(String what, String whose, int slot) {
    return prefixes.computeIfAbsent(new Owner(what, whose), this::prefix) + slot;
  }

  private record Owner(String what, String whose) {}

  private String prefix(Owner owner) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
    for (String part : List.of(realm.getId(), owner.what(), owner.whose())) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((byte) (bytes.length >> 8));
      digest.update((byte) bytes.length);
      digest.update(bytes);
    }
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()) + ":";
  }
}
