package io.cosmichub.bench;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.score.RuleScore;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the live topic what the pipeline would of pairs of which one body moves at a time.
 * Revision A of each is {@link System#nanoTime} at its send.
 */
final class LiveRecords implements AutoCloseable {

  private static final int WAYS = 64;
  private static final int BODIES = 10;
  private static final int STATES = 2 * BODIES;
  private static final int HALF_CIRCLE = 180_000_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final PairUpdateEncoder encoder =
      new PairUpdateEncoder(Format.JSON, AspectPolicy.classic(), "rules/classic@1");
  private final AspectSet[][] ways = new AspectSet[WAYS][STATES];
  private final long[] sequences;

  LiveRecords(String bootstrapServers, int pairs) {
    this.sequences = new long[pairs];
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    Random random = new Random(5);
    for (AspectSet[] way : ways) {
      int[][] old = separations(random);
      int[][] later = separations(random);
      for (int state = 0; state < STATES; state++) {
        way[state] = set(old, later, state);
      }
    }
  }

  /** The id of a pair. */
  static String id(int pair) {
    return "p" + pair;
  }

  int pairs() {
    return sequences.length;
  }

  /** Writes one state of each pair. */
  void each() {
    for (int pair = 0; pair < sequences.length; pair++) {
      send(pair, null);
    }
    producer.flush();
  }

  /**
   * Writes for so many seconds at a rate; every other record is of one of the first {@code hot}
   * pairs.
   *
   * @return records a second
   */
  double drive(int rate, int seconds, int hot) {
    return drive(rate, seconds, i -> i % 2 == 0 ? i / 2 % hot : i * 7 % sequences.length, null);
  }

  /**
   * Writes for so many seconds at a rate, in turn of each of the first {@code pairs}, and notes the
   * time that Kafka keeps of each record, in epoch milliseconds, by its revision A.
   *
   * @return records a second
   */
  double driveAll(int rate, int seconds, int pairs, Map<Long, Long> createdAt) {
    return drive(rate, seconds, i -> i % pairs, createdAt);
  }

  private double drive(
      int rate, int seconds, LongUnaryOperator pair, @Nullable Map<Long, Long> createdAt) {
    long step = TimeUnit.SECONDS.toNanos(1) / rate;
    long begin = System.nanoTime();
    long records = (long) rate * seconds;
    for (long i = 0; i < records; i++) {
      long due = begin + i * step;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      send((int) pair.applyAsLong(i), createdAt);
    }
    double took = (System.nanoTime() - begin) / 1e9;
    producer.flush();
    return records / took;
  }

  @Override
  public void close() {
    producer.close();
  }

  private void send(int pair, @Nullable Map<Long, Long> createdAt) {
    long revision = System.nanoTime();
    long sequence = ++sequences[pair];
    AspectSet[] way = ways[pair % WAYS];
    AspectSet next = way[(int) (sequence % STATES)];
    AspectSet before = sequence == 1 ? AspectSet.EMPTY : way[(int) ((sequence - 1) % STATES)];
    OutputRecord record =
        encoder.encodeLive(
            new PairUpdate(
                id(pair),
                "a" + pair,
                "b" + pair,
                revision,
                1,
                "classic",
                sequence,
                0,
                false,
                AspectDelta.between(before, next),
                next,
                RuleScore.of(next, AspectPolicy.classic()),
                0));
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(record.topic(), record.key(), record.value()),
            (metadata, failed) -> {
              if (failed == null && createdAt != null) {
                createdAt.put(revision, metadata.timestamp());
              }
            });
  }

  /** From the old to the later and back, body by body: each state differs from the next by one. */
  private static AspectSet set(int[][] old, int[][] later, int state) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < BODIES; row++) {
      boolean moved = state <= BODIES ? row < state : row >= state - BODIES;
      for (int col = 0; col < BODIES; col++) {
        int hit = AspectPolicy.classic().match((moved ? later : old)[row][col]);
        if (hit != 0) {
          set.put(row, col, hit);
        }
      }
    }
    return set.build();
  }

  private static int[][] separations(Random random) {
    int[][] separations = new int[BODIES][];
    for (int row = 0; row < BODIES; row++) {
      separations[row] = random.ints(BODIES, 0, HALF_CIRCLE + 1).toArray();
    }
    return separations;
  }
}
