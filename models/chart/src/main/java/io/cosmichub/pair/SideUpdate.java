package io.cosmichub.pair;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.PublishedChart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a pair is told about its chart. Those of one chart arrive in order; those of two
 * charts interleave freely.
 *
 * @param pairId the pair
 * @param side the side that the chart is on
 * @param epoch the epoch of the watch
 * @param kind what happened
 * @param chartId the chart
 * @param life the chart's life; 0 where it is not known
 * @param revision the published revision, or {@link #NO_REVISION} without chart
 * @param effectiveAt epoch milliseconds, or {@link ChartUpdate#NO_TIME}
 * @param longitudes the published longitudes; {@link Longitudes#NONE} without chart
 * @param ingestedAt epoch milliseconds of the input record that caused it; 0 unknown
 * @param cohorts the published cohorts; none without chart
 */
public record SideUpdate(
    String pairId,
    Side side,
    long epoch,
    Kind kind,
    String chartId,
    int life,
    long revision,
    long effectiveAt,
    Longitudes longitudes,
    long ingestedAt,
    List<String> cohorts) {

  /** The revision of a side without chart. */
  public static final long NO_REVISION = -1;

  /** What is said of a chart in no cohort, or of none. */
  public SideUpdate(
      String pairId,
      Side side,
      long epoch,
      Kind kind,
      String chartId,
      int life,
      long revision,
      long effectiveAt,
      Longitudes longitudes,
      long ingestedAt) {
    this(
        pairId,
        side,
        epoch,
        kind,
        chartId,
        life,
        revision,
        effectiveAt,
        longitudes,
        ingestedAt,
        List.of());
  }

  /** What happened to a side. */
  public enum Kind {
    /** The side belongs to the pair; its chart is not known, or was erased. */
    OPENED(0),
    /** The side belongs to the pair, and this is its chart. */
    CHART(1),
    /** The side no longer belongs to the pair. */
    CLOSED(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The stable code. */
    public int code() {
      return code;
    }

    /** The kind of a code; {@link IllegalArgumentException} if there is none. */
    public static Kind ofCode(int code) {
      return switch (code) {
        case 0 -> OPENED;
        case 1 -> CHART;
        case 2 -> CLOSED;
        default -> throw new IllegalArgumentException("unknown kind code " + code);
      };
    }
  }

  /** The truth about a side: its published chart, or that there is none. */
  public static SideUpdate truth(
      String pairId,
      Side side,
      long epoch,
      String chartId,
      @Nullable PublishedChart published,
      long effectiveAt,
      long ingestedAt) {
    return published == null
        ? without(Kind.OPENED, pairId, side, epoch, chartId, effectiveAt, ingestedAt)
        : new SideUpdate(
            pairId,
            side,
            epoch,
            Kind.CHART,
            chartId,
            published.life(),
            published.revision(),
            published.effectiveAt(),
            published.longitudes(),
            ingestedAt,
            published.cohorts());
  }

  /** The end of a side's membership. */
  public static SideUpdate closed(
      String pairId, Side side, long epoch, String chartId, long effectiveAt, long ingestedAt) {
    return without(Kind.CLOSED, pairId, side, epoch, chartId, effectiveAt, ingestedAt);
  }

  private static SideUpdate without(
      Kind kind,
      String pairId,
      Side side,
      long epoch,
      String chartId,
      long effectiveAt,
      long ingestedAt) {
    return new SideUpdate(
        pairId,
        side,
        epoch,
        kind,
        chartId,
        0,
        NO_REVISION,
        effectiveAt,
        Longitudes.NONE,
        ingestedAt);
  }
}
