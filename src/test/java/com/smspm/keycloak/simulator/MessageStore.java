package com.smspm.keycloak.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The newest messages, the newest first. */
final class MessageStore {

  private static final int KEPT = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Message> messages = new ArrayDeque<>();

  /** So that many who wait do not each look through all of them at each one that comes. */
  private final Map<String, Deque<Message>> byNumber = new HashMap<>();

  /** Who waits for a number is not woken for the others. */
  private final Map<String, Condition> awaited = new HashMap<>();

  void add(Message message) {
    lock.lock();
    try {
      messages.addFirst(message);
      byNumber.computeIfAbsent(message.to(), it -> new ArrayDeque<>()).addFirst(message);
      if (messages.size() > KEPT) {
        String oldest = messages.removeLast().to();
        byNumber.get(oldest).removeLast();
        byNumber.computeIfPresent(oldest, (it, left) -> left.isEmpty() ? null : left);
      }
      Condition added = awaited.remove(message.to());
      if (added != null) {
        added.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  List<Message> all() {
    lock.lock();
    try {
      return List.copyOf(messages);
    } finally {
      lock.unlock();
    }
  }

  List<Message> to(String number) {
    lock.lock();
    try {
      return List.copyOf(byNumber.getOrDefault(number, new ArrayDeque<>()));
    } finally {
      lock.unlock();
    }
  }

  Optional<Message> byId(String id) {
    return all().stream().filter(message -> message.id().equals(id)).findFirst();
  }

  /** Waits until so many have come for a number. */
  List<Message> await(String number, int count, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (to(number).size() < count) {
        if (left <= 0) {
          return to(number);
        }
        left = awaited.computeIfAbsent(number, it -> lock.newCondition()).awaitNanos(left);
      }
      return to(number);
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      messages.clear();
      byNumber.clear();
    } finally {
      lock.unlock();
    }
  }
}
