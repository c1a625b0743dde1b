package io.cosmichub.streaming.given;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartKey;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.MembershipChange;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.pair.Side;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.WatchInput;
import io.cosmichub.streaming.watch.KeyedMembership;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of people who write them by hand. */
public final class Given {

  /** The secret under which the tests key charts. */
  public static final String SECRET = "a secret of the tests";

  /** When every record came in. */
  public static final long INGESTED_AT = 1_767_225_600_000L;

  private Given() {}

  /** A full chart. */
  public static ChartInput chart(String chartId, long revision, Longitudes longitudes) {
    return update(Topics.CHART_UPDATES, chartId, revision, false, longitudes);
  }

  /** A partial chart: only the bodies that are present. */
  public static ChartInput move(String chartId, long revision, Longitudes longitudes) {
    return update(Topics.CHART_MOVES, chartId, revision, true, longitudes);
  }

  /** The erasure of a chart. */
  public static ChartInput erase(String chartId) {
    return new ChartInput(key(chartId), chartId, null, raw(Topics.CHART_UPDATES, chartId, null));
  }

  /** A watch without revision. */
  public static WatchInput watch(String pairId, String chartA, String chartB) {
    return watch(pairId, chartA, chartB, PairWatch.NO_REVISION);
  }

  /** A watch. */
  public static WatchInput watch(String pairId, String chartA, String chartB, long revision) {
    return new WatchInput(
        pairId,
        new PairWatch(pairId, chartA, chartB, revision),
        raw(Topics.PAIR_WATCHES, pairId, "{}"));
  }

  /** The end of a watch. */
  public static WatchInput unwatch(String pairId) {
    return new WatchInput(pairId, null, raw(Topics.PAIR_WATCHES, pairId, null));
  }

  /** A chart becomes a side of a pair. */
  public static KeyedMembership join(String chartId, String pairId, Side side, long epoch) {
    return membership(chartId, pairId, side, true, epoch);
  }

  /** A chart ceases to be a side of a pair. */
  public static KeyedMembership leave(String chartId, String pairId, Side side, long epoch) {
    return membership(chartId, pairId, side, false, epoch);
  }

  /** A chart of bodies from slot 0 on, at whole degrees. */
  public static Longitudes at(int... degrees) {
    int[] values = new int[Body.COUNT];
    Arrays.fill(values, MicroDegrees.ABSENT);
    for (int slot = 0; slot < degrees.length; slot++) {
      values[slot] = degrees[slot] * 1_000_000;
    }
    return Longitudes.of(values);
  }

  /** The Flink key of a chart. */
  public static String key(String chartId) {
    return ChartKey.of(SECRET.getBytes(StandardCharsets.UTF_8), chartId);
  }

  /** A raw record; a null value is a tombstone. */
  public static InputRecord raw(String topic, String key, @Nullable String value) {
    return new InputRecord(
        topic,
        3,
        42,
        INGESTED_AT,
        key.getBytes(StandardCharsets.UTF_8),
        value == null ? null : value.getBytes(StandardCharsets.UTF_8),
        List.of(Header.of("traceparent", "00-1-2-01"), new Header("empty", null)));
  }

  private static ChartInput update(
      String topic, String chartId, long revision, boolean partial, Longitudes longitudes) {
    ChartUpdate.Builder update =
        ChartUpdate.builder(chartId, revision).effectiveAt(INGESTED_AT + revision).partial(partial);
    for (int left = longitudes.presentMask(); left != 0; left &= left - 1) {
      int slot = Integer.numberOfTrailingZeros(left);
      update.position(slot, new Position(longitudes.at(slot), Position.UNKNOWN_SPEED));
    }
    return new ChartInput(key(chartId), chartId, update.build(), raw(topic, chartId, "{}"));
  }

  private static KeyedMembership membership(
      String chartId, String pairId, Side side, boolean joined, long epoch) {
    MembershipChange change = new MembershipChange(chartId, pairId, side, joined, epoch);
    return new KeyedMembership(key(chartId), change, INGESTED_AT, INGESTED_AT);
  }
}
