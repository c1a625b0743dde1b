package io.cosmichub.quickstart;

import io.cosmichub.contracts.InputRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file as records, one after the other; the file is closed at its end. */
final class CsvRows implements Iterator<InputRecord> {

  /** Where rows come from. */
  private interface Rows extends AutoCloseable {
    @Nullable InputRecord next();

    @Override
    void close() throws IOException;
  }

  private final Rows rows;
  private @Nullable InputRecord upcoming;
  private long read;

  private CsvRows(Rows rows) {
    this.rows = rows;
    advance();
  }

  /** Opens the file of a split after the rows that were read before. */
  static CsvRows open(CsvSplit split) {
    try {
      CsvTable table = CsvTable.open(Path.of(split.file()));
      CsvRows rows =
          new CsvRows(
              switch (split.content()) {
                case CHARTS -> charts(ChartCsv.open(table));
                case PAIRS -> pairs(PairCsv.open(table));
              });
      for (long skipped = 0; skipped < split.rowsRead(); skipped++) {
        rows.next();
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many rows were handed on. */
  long read() {
    return read;
  }

  @Override
  public boolean hasNext() {
    return upcoming != null;
  }

  @Override
  public InputRecord next() {
    InputRecord record = upcoming;
    if (record == null) {
      throw new NoSuchElementException();
    }
    read++;
    advance();
    return record;
  }

  private void advance() {
    upcoming = rows.next();
    if (upcoming == null) {
      try {
        rows.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Rows charts(ChartCsv charts) {
    return new Rows() {
      @Override
      public @Nullable InputRecord next() {
        ChartCsv.Row row = charts.next();
        return row == null ? null : CsvMessages.chart(row);
      }

      @Override
      public void close() throws IOException {
        charts.close();
      }
    };
  }

  private static Rows pairs(PairCsv pairs) {
    return new Rows() {
      @Override
      public @Nullable InputRecord next() {
        PairCsv.Row row = pairs.next();
        return row == null ? null : CsvMessages.watch(row);
      }

      @Override
      public void close() throws IOException {
        pairs.close();
      }
    };
  }
}
