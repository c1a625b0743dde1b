package io.cosmichub.scan;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.quickstart.ChartCsv;
import io.cosmichub.quickstart.CsvTable;
import io.cosmichub.quickstart.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The charts of a scan, numbered from 0.
 *
 * @param at when they were read, in epoch milliseconds
 * @param ids by number
 * @param longitudes by number
 * @param leftOut what holds no usable chart
 */
record ScanCharts(long at, List<String> ids, List<Longitudes> longitudes, List<LeftOut> leftOut) {

  /**
   * A row or record that was not used.
   *
   * @param in the file, or the topic and partition
   * @param counted what the number counts: {@code line} or {@code offset}
   * @param number which one
   * @param why what is wrong, without any longitude
   */
  record LeftOut(String in, String counted, long number, String why) {

    @Override
    public String toString() {
      return counted + " " + number + " of " + in + ": " + why;
    }
  }

  /** Where a chart was first seen. */
  private record Row(Path file, long line) {}

  /** Reads files; what is wrong with one as a whole is a {@link UsageException}. */
  static ScanCharts read(List<Path> files, long at) throws IOException {
    List<String> ids = new ArrayList<>();
    List<Longitudes> longitudes = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    Map<String, Row> rows = new HashMap<>();
    for (Path file : files) {
      try (ChartCsv charts = ChartCsv.open(CsvTable.open(file))) {
        for (ChartCsv.Row row = charts.next(); row != null; row = charts.next()) {
          try {
            Longitudes chart = longitudes(row);
            checkNew(row, file, rows);
            ids.add(row.chartId());
            longitudes.add(chart);
          } catch (IllegalArgumentException e) {
            leftOut.add(
                new LeftOut(file.toString(), "line", row.line(), String.valueOf(e.getMessage())));
          }
        }
      }
    }
    return new ScanCharts(at, List.copyOf(ids), List.copyOf(longitudes), List.copyOf(leftOut));
  }

  private static void checkNew(ChartCsv.Row row, Path file, Map<String, Row> rows) {
    Row before = rows.putIfAbsent(row.chartId(), new Row(file, row.line()));
    if (before != null) {
      throw new UsageException(
          "%s line %d: chart_id %s is on line %d%s already"
              .formatted(
                  file,
                  row.line(),
                  row.chartId(),
                  before.line(),
                  before.file().equals(file) ? "" : " of " + before.file()));
    }
  }

  private static Longitudes longitudes(ChartCsv.Row row) {
    if (row.chartId().isEmpty()) {
      throw new IllegalArgumentException("there is no chart_id");
    }
    Longitudes chart = Longitudes.NONE;
    for (Body body : Body.values()) {
      String degrees = row.longitude(body);
      if (degrees != null) {
        chart = chart.with(body.slot(), longitude(body, degrees));
      }
    }
    if (chart.presentMask() == 0) {
      throw new IllegalArgumentException("there is no body");
    }
    return chart;
  }

  private static int longitude(Body body, String degrees) {
    try {
      return MicroDegrees.ofDegrees(Double.parseDouble(degrees));
    } catch (IllegalArgumentException e) {
      // Without its cause, which may quote the cell.
      throw new IllegalArgumentException(body.id() + " is not a number of degrees in [0, 360)");
    }
  }
}
