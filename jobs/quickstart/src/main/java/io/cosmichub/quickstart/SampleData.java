package io.cosmichub.quickstart;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import io.cosmichub.pair.PairWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The charts and pairs that come with the project: people of the past, marriages between them, and
 * the sky of 2026. Only computed longitudes and opaque ids: no names, no instants or places of
 * birth.
 */
public final class SampleData {

  /** The id of the chart of the moving sky. */
  public static final String SKY = "sky";

  /** When the sky of the sample begins. */
  public static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  private static final long FIRST_REVISION = 1;

  private SampleData() {}

  /**
   * 2,709 full charts of people, each with ten bodies, at revision 1, in effect from the moment
   * that the sky begins to move: their pairs with it have its time.
   */
  public static List<ChartUpdate> people() {
    try (ChartCsv charts = ChartCsv.open(table("people.csv.gz"))) {
      List<ChartUpdate> people = new ArrayList<>();
      for (ChartCsv.Row row = charts.next(); row != null; row = charts.next()) {
        people.add(
            positions(row, ChartUpdate.builder(row.chartId(), FIRST_REVISION))
                .cohorts(List.of("people"))
                .effectiveAt(SINCE.toEpochMilli())
                .build());
      }
      return List.copyOf(people);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 1,126 marriages between them as pairs. */
  public static List<PairWatch> couples() {
    try (PairCsv pairs = PairCsv.open(table("couples.csv.gz"))) {
      List<PairWatch> couples = new ArrayList<>();
      for (PairCsv.Row row = pairs.next(); row != null; row = pairs.next()) {
        couples.add(new PairWatch(row.pairId(), row.chartA(), row.chartB(), PairWatch.NO_REVISION));
      }
      return List.copyOf(couples);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sky against each chart: pair {@code transit-x} has the sky at side A and chart x at B. */
  public static List<PairWatch> transits(List<ChartUpdate> charts) {
    return charts.stream()
        .map(
            chart ->
                new PairWatch(
                    transitId(chart.chartId()), SKY, chart.chartId(), PairWatch.NO_REVISION))
        .toList();
  }

  /** The id of the pair of the sky and a chart. */
  public static String transitId(String chartId) {
    return "transit-" + chartId;
  }

  /** The sky of 2026, hour by hour. */
  public static SkyReplay sky() {
    try (ChartCsv charts = ChartCsv.ofOneChart(table("sky-2026.csv.gz"))) {
      List<ChartUpdate> hours = new ArrayList<>();
      for (ChartCsv.Row row = charts.next(); row != null; row = charts.next()) {
        long revision = FIRST_REVISION + hours.size();
        hours.add(
            positions(row, ChartUpdate.builder(SKY, revision))
                .effectiveAt(instant(row).toEpochMilli())
                .build());
      }
      return new SkyReplay(hours);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ChartUpdate.Builder positions(ChartCsv.Row row, ChartUpdate.Builder chart) {
    for (Body body : Body.values()) {
      String longitude = row.longitude(body);
      if (longitude != null) {
        chart.position(
            body,
            new Position(
                MicroDegrees.ofDegrees(Double.parseDouble(longitude)), speed(row.speed(body))));
      }
    }
    return chart;
  }

  private static int speed(@Nullable String degreesADay) {
    return degreesADay == null
        ? Position.UNKNOWN_SPEED
        : (int) Math.rint(Double.parseDouble(degreesADay) * 1e6);
  }

  private static Instant instant(ChartCsv.Row row) {
    String text = row.instant();
    if (text == null) {
      throw new IllegalStateException(row + " of the sky has no instant");
    }
    return Instant.parse(text);
  }

  private static CsvTable table(String name) throws IOException {
    InputStream bytes = SampleData.class.getResourceAsStream("/data/" + name);
    if (bytes == null) {
      throw new IllegalStateException("the sample data are not on the class path: " + name);
    }
    return CsvTable.open(name, bytes);
  }
}
