package com.smspm.keycloak.notice;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The threads that talk to mail servers: two and no more, with a bounded queue. Keycloak gives each
 * step of a conversation with a mail server ten seconds; one that hangs fills these threads, and
 * never the server's own. Keycloak's own executors are of no use here: their queue has no bound.
 */
final class MailThreads implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(MailThreads.class);

  private static final int THREADS = 2;

  /** What an admin who deletes many numbers at once may need, and little memory. */
  private static final int QUEUE = 1000;

  private static final int IDLE_SECONDS = 30;
  private static final int LAST_CALLS_SECONDS = 5;

  private final ThreadPoolExecutor executor;

  MailThreads() {
    AtomicInteger count = new AtomicInteger();
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "smspm-mail-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** Never waits, and never throws. */
  void submit(Mail mail) {
    try {
      executor.execute(mail);
    } catch (RejectedExecutionException full) {
      LOG.warnf("%s: not sent, because %d mails wait for the mail server already", mail, QUEUE);
    }
  }

  /** Lets mails leave, for five seconds at most. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(LAST_CALLS_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
