package io.cosmichub.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is true of the two files before anything is computed. An id that appears twice is a {@link
 * UsageException}: which of the two would be meant?
 *
 * @param ignoredChartColumns columns that no one reads, in the order of the file
 * @param pairsWithoutChart pairs of which a chart is not in the file of charts
 */
record CsvCheck(
    long charts,
    List<String> ignoredChartColumns,
    long pairs,
    List<String> ignoredPairColumns,
    long pairsWithoutChart) {

  /** Reads both files once. */
  static CsvCheck of(Path chartFile, Path pairFile) throws IOException {
    Map<String, Long> chartLines = new HashMap<>();
    Map<String, Long> pairLines = new HashMap<>();
    try (ChartCsv charts = ChartCsv.open(CsvTable.open(chartFile));
        PairCsv pairs = PairCsv.open(CsvTable.open(pairFile))) {
      long chartCount = 0;
      for (ChartCsv.Row row = charts.next(); row != null; row = charts.next()) {
        chartCount++;
        once(ChartCsv.CHART_ID, row.chartId(), row.line(), chartLines, chartFile);
      }
      long pairCount = 0;
      long without = 0;
      for (PairCsv.Row row = pairs.next(); row != null; row = pairs.next()) {
        pairCount++;
        once(PairCsv.PAIR_ID, row.pairId(), row.line(), pairLines, pairFile);
        without +=
            chartLines.containsKey(row.chartA()) && chartLines.containsKey(row.chartB()) ? 0 : 1;
      }
      return new CsvCheck(
          chartCount, charts.ignoredColumns(), pairCount, pairs.ignoredColumns(), without);
    }
  }

  /** An id may appear once; what has none is for the decoder to refuse. */
  private static void once(
      String column, String id, long line, Map<String, Long> lines, Path file) {
    Long before = id.isEmpty() ? null : lines.putIfAbsent(id, line);
    if (before != null) {
      throw new UsageException(
          "%s line %d: %s %s is on line %d already".formatted(file, line, column, id, before));
    }
  }
}
