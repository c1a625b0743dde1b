package io.cosmichub.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Hands what reaches it to the test, in the process of the mini cluster; nothing is taken back on a
 * failure.
 */
final class CollectingSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;
  private static final long PATIENCE_SECONDS = 60;
  private static final Map<String, BlockingQueue<Object>> QUEUES = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  CollectingSink() {
    QUEUES.put(id, new LinkedBlockingQueue<>());
  }

  /** The next element; fails if none comes in a minute. */
  @SuppressWarnings("unchecked") // only this sink writes to its queue
  T next() throws InterruptedException {
    Object element = queue().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (element == null) {
      throw new AssertionError("Nothing came in " + PATIENCE_SECONDS + " s");
    }
    return (T) element;
  }

  /** What came since the last call. */
  @SuppressWarnings("unchecked") // only this sink writes to its queue
  List<T> all() {
    List<T> all = new ArrayList<>();
    queue().drainTo((List<Object>) all);
    return all;
  }

  private BlockingQueue<Object> queue() {
    BlockingQueue<Object> queue = QUEUES.get(id);
    if (queue == null) {
      throw new IllegalStateException("The sink is in another process");
    }
    return queue;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer<>(queue());
  }

  private record Writer<T>(BlockingQueue<Object> queue) implements SinkWriter<T> {

    @Override
    public void write(T element, Context context) {
      queue.add(element);
    }

    @Override
    public void flush(boolean endOfInput) {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // The test reads on.
    }
  }
}
