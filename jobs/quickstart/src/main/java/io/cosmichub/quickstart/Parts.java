package io.cosmichub.quickstart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a demo has opened and started, to be ended in the opposite order. */
final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
  private static final long PATIENCE_SECONDS = 30;

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final List<Future<?>> workers = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "demo-worker");
            thread.setDaemon(true);
            return thread;
          });

  /** Keeps a resource until the end. */
  <T extends AutoCloseable> T open(T resource) {
    toClose.push(resource);
    return resource;
  }

  /** Has a worker run until the end. */
  <T extends Worker> T start(T worker) {
    Future<?> ended = threads.submit(worker);
    workers.add(ended);
    toClose.push(
        () -> {
          worker.close();
          ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
    return worker;
  }

  /** Has a thread do something once. */
  <T> Future<T> submit(Callable<T> work) {
    return threads.submit(work);
  }

  /** Throws what a worker ended with, if one did. */
  void check() throws Exception {
    for (Future<?> worker : workers) {
      if (worker.isDone()) {
        result(worker);
      }
    }
  }

  /** What a thread has done; throws what it failed with. */
  static <T> T result(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      AutoCloseable next = toClose.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.warn("{} did not close", next.getClass().getSimpleName(), e);
      }
    }
    threads.shutdown();
  }
}
