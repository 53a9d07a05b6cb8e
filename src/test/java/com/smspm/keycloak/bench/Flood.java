package com.smspm.keycloak.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Requests at an even pace over a few connections that are kept. A client of its own, since it
 * shares the processor with the server that is measured: an ordinary one takes as much of it as the
 * server does to answer. It reads only answers that say their length.
 */
final class Flood {

  private static final int CONNECTIONS = 8;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int MOST_SKIPPED = 64 * 1024;

  private final int perSecond;
  private final int count;
  private final Supplier<String> target;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private final List<Future<?>> all = new ArrayList<>();
  private final long start = System.nanoTime();
  private volatile long end;

  /**
   * @param target of one request: path and query
   */
  private Flood(int perSecond, int count, Supplier<String> target) {
    this.perSecond = perSecond;
    this.count = count;
    this.target = target;
  }

  static Flood start(int perSecond, int count, Supplier<String> target) {
    Flood flood = new Flood(perSecond, count, target);
    for (int i = 0; i < CONNECTIONS; i++) {
      flood.all.add(flood.threads.submit(flood::connection));
    }
    flood.threads.shutdown();
    return flood;
  }

  /** Waits for the last answer. */
  void await() throws InterruptedException, ExecutionException {
    for (Future<?> one : all) {
      one.get();
    }
  }

  /** From the first request to the last answer. */
  double seconds() {
    return (end - start) / 1e9;
  }

  /** How many answers had which status. */
  Map<Integer, AtomicInteger> statuses() {
    return new TreeMap<>(statuses);
  }

  private Void connection() throws IOException {
    try (Socket socket = new Socket(BenchServer.HOST, BenchServer.PORT)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        long due = start + TimeUnit.SECONDS.toNanos(i) / perSecond;
        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
          LockSupport.parkNanos(early);
        }
        String request =
            "GET " + target.get() + " HTTP/1.1\r\nHost: " + BenchServer.HOST + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        statuses.computeIfAbsent(answer(in), it -> new AtomicInteger()).incrementAndGet();
      }
    }
    end = System.nanoTime();
    return null;
  }

  private static int answer(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    int length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] pair = header.toLowerCase(Locale.ROOT).split(": *", 2);
      if (pair[0].equals("content-length")) {
        length = Integer.parseInt(pair[1]);
      }
    }
    if (length < 0 || length > MOST_SKIPPED) {
      throw new IOException("an answer without a length, or too long");
    }
    in.skipNBytes(length);
    return status;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
