package io.cosmichub.quickstart;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Houses;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of charts: {@code chart_id}, a column of degrees for each body (its id) and of degrees a
 * day for its speed ({@code sun_speed}), {@code cusp1} to {@code cusp12}, {@code revision}, {@code
 * instant_utc}. A column that is not there, or a cell that is empty, is a value that is missing;
 * cells are handed on as they were written.
 */
public final class ChartCsv implements AutoCloseable {

  static final String CHART_ID = "chart_id";
  static final String REVISION = "revision";
  static final String INSTANT = "instant_utc";

  private static final int NONE = -1;

  private final CsvTable table;
  private final int chartId;
  private final int revision;
  private final int instant;
  private final int[] longitudes = new int[Body.COUNT];
  private final int[] speeds = new int[Body.COUNT];
  private final int[] cusps = new int[Houses.COUNT];
  private final List<String> ignoredColumns;

  private ChartCsv(CsvTable table, int chartId) {
    this.table = table;
    this.chartId = chartId;
    Set<String> known = new HashSet<>();
    this.revision = known(REVISION, known);
    this.instant = known(INSTANT, known);
    known.add(CHART_ID);
    for (Body body : Body.values()) {
      longitudes[body.slot()] = known(body.id(), known);
      speeds[body.slot()] = known(body.id() + "_speed", known);
    }
    for (int house = 0; house < Houses.COUNT; house++) {
      cusps[house] = known("cusp" + (house + 1), known);
    }
    this.ignoredColumns = table.columns().stream().filter(name -> !known.contains(name)).toList();
  }

  /** A table in which each row names its chart. */
  public static ChartCsv open(CsvTable table) {
    return new ChartCsv(table, table.requiredColumn(CHART_ID));
  }

  /** A table of one chart over time, without a column for its id. */
  static ChartCsv ofOneChart(CsvTable table) {
    return new ChartCsv(table, NONE);
  }

  /** Columns that say nothing about a chart's longitudes, in the order of the file. */
  public List<String> ignoredColumns() {
    return ignoredColumns;
  }

  /** The bodies that have a column of their own. */
  List<Body> bodies() {
    return Arrays.stream(Body.values()).filter(body -> longitudes[body.slot()] != NONE).toList();
  }

  /** The next chart, or null at the end. */
  public @Nullable Row next() {
    CsvRecord cells = table.next();
    return cells == null ? null : new Row(cells);
  }

  @Override
  public void close() throws IOException {
    table.close();
  }

  private int known(String column, Set<String> known) {
    known.add(column);
    return table.column(column);
  }

  /** One line of the table. Its string form names the line and none of its cells. */
  public final class Row {

    private final CsvRecord cells;

    private Row(CsvRecord cells) {
      this.cells = cells;
    }

    /** The number of the line that the row begins at, from 1. */
    public long line() {
      return cells.getStartingLineNumber();
    }

    /** The chart's id; empty if there is none. */
    public String chartId() {
      String id = cell(chartId);
      return id == null ? "" : id;
    }

    @Nullable String revision() {
      return cell(revision);
    }

    @Nullable String instant() {
      return cell(instant);
    }

    public @Nullable String longitude(Body body) {
      return cell(longitudes[body.slot()]);
    }

    @Nullable String speed(Body body) {
      return cell(speeds[body.slot()]);
    }

    /** The cusp of a house, 1 to 12. */
    @Nullable String cusp(int house) {
      return cell(cusps[house - 1]);
    }

    @Override
    public String toString() {
      return table.name() + " line " + line();
    }

    private @Nullable String cell(int column) {
      if (column == NONE) {
        return null;
      }
      String text = cells.getField(column).strip();
      return text.isEmpty() ? null : text;
    }
  }
}
