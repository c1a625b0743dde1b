package io.cosmichub.quickstart;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of pairs: {@code pair_id}, {@code chart_a}, {@code chart_b}. */
final class PairCsv implements AutoCloseable {

  static final String PAIR_ID = "pair_id";
  static final String CHART_A = "chart_a";
  static final String CHART_B = "chart_b";

  private final CsvTable table;
  private final int pairId;
  private final int chartA;
  private final int chartB;

  private PairCsv(CsvTable table) {
    this.table = table;
    this.pairId = table.requiredColumn(PAIR_ID);
    this.chartA = table.requiredColumn(CHART_A);
    this.chartB = table.requiredColumn(CHART_B);
  }

  /** Checks the columns. */
  static PairCsv open(CsvTable table) {
    return new PairCsv(table);
  }

  /** Columns that say nothing about which charts are compared, in the order of the file. */
  List<String> ignoredColumns() {
    Set<String> known = Set.of(PAIR_ID, CHART_A, CHART_B);
    return table.columns().stream().filter(name -> !known.contains(name)).toList();
  }

  /** The next pair, or null at the end. */
  @Nullable Row next() {
    CsvRecord cells = table.next();
    return cells == null
        ? null
        : new Row(
            cells.getStartingLineNumber(),
            cells.getField(pairId).strip(),
            cells.getField(chartA).strip(),
            cells.getField(chartB).strip());
  }

  @Override
  public void close() throws IOException {
    table.close();
  }

  /** One line of the table, counted from 1; an empty cell is an empty text. */
  record Row(long line, String pairId, String chartA, String chartB) {}
}
