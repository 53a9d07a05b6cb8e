package com.smspm.keycloak.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The newest messages, the newest first. */
final class MessageStore {

  private static final int KEPT = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Deque<Message> messages = new ArrayDeque<>();

  void add(Message message) {
    lock.lock();
    try {
      messages.addFirst(message);
      if (messages.size() > KEPT) {
        messages.removeLast();
      }
      added.signalAll();
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
    return all().stream().filter(message -> message.to().equals(number)).toList();
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
        left = added.awaitNanos(left);
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
    } finally {
      lock.unlock();
    }
  }
}
