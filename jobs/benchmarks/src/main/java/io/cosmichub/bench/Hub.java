package io.cosmichub.bench;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.pair.PairWatch;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One chart in very many pairs, in no cohort, each of them with a chart of a {@link Workload} that
 * does not move; and which of the pairs live records have told of. Records are made by one thread,
 * and seen by any.
 */
final class Hub {

  /** What live records tell of each pair. */
  enum Told {
    WATCHED,
    UPDATED,
    ENDED
  }

  private static final String CHART = "hub";
  private static final String PAIR = "hub-";
  private static final int AT_FIRST = 1;
  private static final int UPDATED = 2;
  private static final int BODIES = 10;
  private static final int DEGREE = 1_000_000;
  private static final int CIRCLE = 360 * DEGREE;

  private final int members;
  private final int stillCharts;
  private final LongSupplier eventTime;
  private final InputEncoder encoder = new InputEncoder(Format.PROTOBUF);
  private final BitSet told = new BitSet();
  private Told awaited = Told.WATCHED;
  private int toldOf;
  private long lastNanos;

  /** {@code eventTime} is that of all its records. */
  Hub(int members, int stillCharts, LongSupplier eventTime) {
    this.members = members;
    this.stillCharts = stillCharts;
    this.eventTime = eventTime;
  }

  /** Its chart where it is at first. */
  void chart(Consumer<OutputRecord> out) {
    out.accept(chart(AT_FIRST));
  }

  /** Every watch. */
  void watches(Consumer<OutputRecord> out) {
    for (int member = 0; member < members; member++) {
      PairWatch watch =
          new PairWatch(
              pair(member), CHART, Workload.still(member % stillCharts), PairWatch.NO_REVISION);
      out.accept(Workload.at(eventTime.getAsLong(), encoder.watch(watch)));
    }
  }

  /** Its chart with all bodies elsewhere. */
  void update(Consumer<OutputRecord> out) {
    out.accept(chart(UPDATED));
  }

  /** The end of every watch. */
  void unwatches(Consumer<OutputRecord> out) {
    for (int member = 0; member < members; member++) {
      out.accept(Workload.at(eventTime.getAsLong(), encoder.unwatch(pair(member))));
    }
  }

  /** Looks from now on for live records that tell this. */
  synchronized void await(Told next) {
    awaited = next;
    told.clear();
    toldOf = 0;
  }

  /** A live record of this id has come. */
  synchronized void seen(String id, long nanos) {
    if (!id.startsWith(PAIR) || told(id) != awaited) {
      return;
    }
    int member = Integer.parseInt(id, PAIR.length(), id.indexOf('/'), 10);
    if (!told.get(member)) {
      told.set(member);
      toldOf++;
      lastNanos = nanos;
    }
  }

  /** Of how many pairs it has been told. */
  synchronized int toldOf() {
    return toldOf;
  }

  /** When it was told of the last pair of those. */
  synchronized long lastNanos() {
    return lastNanos;
  }

  int members() {
    return members;
  }

  /** An id is pair/revision A/revision B/sequence, and says so if the pair has ended. */
  private static Told told(String id) {
    if (id.endsWith("/closed")) {
      return Told.ENDED;
    }
    int slash = id.indexOf('/');
    int revision = Integer.parseInt(id, slash + 1, id.indexOf('/', slash + 1), 10);
    return revision < UPDATED ? Told.WATCHED : Told.UPDATED;
  }

  private OutputRecord chart(int revision) {
    ChartUpdate.Builder update =
        ChartUpdate.builder(CHART, revision).effectiveAt(eventTime.getAsLong());
    for (int slot = 0; slot < BODIES; slot++) {
      int longitude = (slot * 31 + revision * 7) * DEGREE % CIRCLE;
      update.position(Body.ofSlot(slot), new Position(longitude, DEGREE));
    }
    return encoder.chart(update.build());
  }

  private static String pair(int member) {
    return PAIR + "%07d".formatted(member);
  }
}
