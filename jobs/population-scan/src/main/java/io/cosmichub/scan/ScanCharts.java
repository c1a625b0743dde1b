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
 * The charts of a file, numbered from 0.
 *
 * @param ids by number
 * @param longitudes by number
 * @param leftOut rows that hold no usable chart
 */
record ScanCharts(List<String> ids, List<Longitudes> longitudes, List<LeftOut> leftOut) {

  /**
   * A row that was not used.
   *
   * @param line its number in the file, from 1
   * @param why what is wrong, without any longitude
   */
  record LeftOut(long line, String why) {}

  /** Reads a file; what is wrong with it as a whole is a {@link UsageException}. */
  static ScanCharts read(Path file) throws IOException {
    List<String> ids = new ArrayList<>();
    List<Longitudes> longitudes = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    Map<String, Long> lines = new HashMap<>();
    try (ChartCsv charts = ChartCsv.open(CsvTable.open(file))) {
      for (ChartCsv.Row row = charts.next(); row != null; row = charts.next()) {
        try {
          Longitudes chart = longitudes(row);
          Long before = lines.putIfAbsent(row.chartId(), row.line());
          if (before != null) {
            throw new UsageException(
                "%s line %d: chart_id %s is on line %d already"
                    .formatted(file, row.line(), row.chartId(), before));
          }
          ids.add(row.chartId());
          longitudes.add(chart);
        } catch (IllegalArgumentException e) {
          leftOut.add(new LeftOut(row.line(), String.valueOf(e.getMessage())));
        }
      }
    }
    return new ScanCharts(List.copyOf(ids), List.copyOf(longitudes), List.copyOf(leftOut));
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
