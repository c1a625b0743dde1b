package io.cosmichub.bench;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.pair.PairWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Charts that move, each watched against charts that do not; ids tell which pair belongs to which
 * chart. An update moves one body of one chart by at most a degree, some event time after the one
 * before. Every chart is in one cohort. Reproducible; for one thread, but for {@link #now}.
 */
final class Workload {

  /** Pairs of one moving chart. */
  static final int FAN_OUT = 10;

  /** The event time at which everything is at first: twelve hours before a day ends. */
  static final long BEGIN = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

  /** Event time from one update to the next: 3,600 of them are an hour. */
  static final Duration STEP_IN_TIME = Duration.ofSeconds(1);

  /** Beside everyone, as the people of the demo have one. */
  static final List<String> COHORTS = List.of("people");

  private static final int BODIES = 10;
  private static final int CIRCLE = 360_000_000;
  private static final int STEP = 1_000_000;
  private static final String MOVING = "moving-";
  private static final String STILL = "still--";
  private static final String PAIR = "pair-";
  private static final String DIGITS = "%07d";
  private static final String EVENT_TIME = "ce_time";

  private final int movers;
  private long step;
  private final Random random;
  private final InputEncoder encoder = new InputEncoder(Format.PROTOBUF);
  private final int[][] longitudes;
  private final int[] revisions;
  private final double[] cumulative;
  private volatile long now = BEGIN;

  /**
   * {@code pairs} pairs, a tenth as many moving charts and as many still ones; {@code step} of
   * event time lies between two updates.
   */
  Workload(int pairs, long seed, Duration step) {
    movers = pairs / FAN_OUT;
    this.step = step.toMillis();
    random = new Random(seed);
    longitudes = new int[movers][BODIES];
    for (int[] chart : longitudes) {
      Arrays.setAll(chart, body -> random.nextInt(CIRCLE));
    }
    revisions = new int[movers];
    cumulative = cumulativeZipf(movers);
  }

  /** From now on {@code step} of event time lies between two updates. */
  void pace(Duration step) {
    this.step = step.toMillis();
  }

  /** Every watch. */
  void watches(Consumer<OutputRecord> out) {
    for (int pair = 0; pair < pairs(); pair++) {
      int still = (int) (pair * 7_919L % movers);
      PairWatch watch =
          new PairWatch(pairId(pair), mover(pair / FAN_OUT), still(still), PairWatch.NO_REVISION);
      out.accept(at(now, encoder.watch(watch)));
    }
  }

  /**
   * A watch, or its end, with an event time of the charts: by the time of writing, windows would be
   * closed for these.
   */
  static OutputRecord at(long eventTime, OutputRecord watch) {
    List<Header> headers = new ArrayList<>(watch.headers());
    headers.add(Header.of(EVENT_TIME, Instant.ofEpochMilli(eventTime).toString()));
    return new OutputRecord(
        watch.topic(), watch.key(), watch.value(), headers, OutputRecord.NO_TIMESTAMP);
  }

  /** The still charts. */
  void stillCharts(Consumer<OutputRecord> out) {
    for (int chart = 0; chart < movers; chart++) {
      out.accept(encoder.chart(full(still(chart), random.ints(BODIES, 0, CIRCLE).toArray())));
    }
  }

  /** The moving charts where they are at first. */
  void movingCharts(Consumer<OutputRecord> out) {
    for (int chart = 0; chart < movers; chart++) {
      revisions[chart]++;
      out.accept(encoder.chart(full(mover(chart), longitudes[chart])));
    }
  }

  /** The next move of a chart. */
  OutputRecord move(int chart) {
    int revision = ++revisions[chart];
    long then = now + step;
    now = then;
    int body = revision % BODIES;
    int to = Math.floorMod(longitudes[chart][body] + 1 + random.nextInt(STEP), CIRCLE);
    longitudes[chart][body] = to;
    return encoder.chart(
        ChartUpdate.builder(mover(chart), revision)
            .effectiveAt(then)
            .partial(true)
            .position(body, new Position(to, STEP))
            .build());
  }

  /** The revision that a chart has after its last {@link #move}. */
  int revision(int chart) {
    return revisions[chart];
  }

  /**
   * A chart, as often as its ten pairs together are drawn from all pairs under Zipf's law with
   * exponent 1.
   */
  int popular() {
    int at = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[movers - 1]);
    return at < 0 ? -at - 1 : at;
  }

  /** A chart, each as often as any other. */
  int any() {
    return random.nextInt(movers);
  }

  /** The event time of the last move. */
  long now() {
    return now;
  }

  int pairs() {
    return movers * FAN_OUT;
  }

  int movers() {
    return movers;
  }

  /** The number in a chart's id, or of the moving chart of a pair's id. */
  static int moverOf(String id) {
    int number = Integer.parseInt(id, id.length() - 7, id.length(), 10);
    return id.startsWith(PAIR) ? number / FAN_OUT : number;
  }

  /** Whether an id is that of a pair of a moving chart. */
  static boolean isPair(String id) {
    return id.startsWith(PAIR);
  }

  static boolean isMover(String id) {
    return id.startsWith(MOVING);
  }

  static String pairId(int pair) {
    return PAIR + DIGITS.formatted(pair);
  }

  /** The id of a chart that does not move. */
  static String still(int chart) {
    return STILL + DIGITS.formatted(chart);
  }

  private static String mover(int chart) {
    return MOVING + DIGITS.formatted(chart);
  }

  private static ChartUpdate full(String id, int[] longitudes) {
    ChartUpdate.Builder update = ChartUpdate.builder(id, 1).effectiveAt(BEGIN).cohorts(COHORTS);
    for (int slot = 0; slot < BODIES; slot++) {
      update.position(Body.ofSlot(slot), new Position(longitudes[slot], STEP));
    }
    return update.build();
  }

  private static double[] cumulativeZipf(int movers) {
    double[] cumulative = new double[movers];
    double sum = 0;
    for (int pair = 0; pair < movers * FAN_OUT; pair++) {
      sum += 1.0 / (pair + 1);
      cumulative[pair / FAN_OUT] = sum;
    }
    return cumulative;
  }
}
