package io.cosmichub.training;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file with a header, plain or gzip. */
final class CsvRows {
  private static final int GZIP_MAGIC = 0x1f8b;

  private final String name;
  private final List<NamedCsvRecord> rows;

  private CsvRows(String name, List<NamedCsvRecord> rows) {
    this.name = name;
    this.rows = rows;
  }

  static CsvRows ofFile(Path file) {
    try {
      return of(file.toString(), Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no file " + file, e);
    } catch (IOException e) {
      throw new UsageException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** A file that comes with the program. */
  static CsvRows ofResource(String resource) {
    InputStream bytes = CsvRows.class.getResourceAsStream(resource);
    if (bytes == null) {
      throw new IllegalStateException("no resource " + resource);
    }
    return of(resource, bytes);
  }

  List<NamedCsvRecord> rows() {
    return rows;
  }

  /** A cell that must be there. */
  String text(NamedCsvRecord row, String column) {
    String cell = optional(row, column);
    if (cell == null) {
      throw at(row, "has no " + column);
    }
    return cell;
  }

  /** A cell, or null if it is empty or the file has no such column. */
  @Nullable String optional(NamedCsvRecord row, String column) {
    return row.findField(column).map(String::strip).filter(cell -> !cell.isEmpty()).orElse(null);
  }

  /** A finite number that must be there; the message never holds the cell, which may be private. */
  double number(NamedCsvRecord row, String column) {
    try {
      double number = Double.parseDouble(text(row, column));
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw at(row, "has no number in " + column);
    }
    throw at(row, "has no finite number in " + column);
  }

  UsageException at(NamedCsvRecord row, String what) {
    return new UsageException(name + ", line " + row.getStartingLineNumber() + ": " + what);
  }

  private static CsvRows of(String name, InputStream bytes) {
    try (InputStream in = unpacked(bytes)) {
      List<NamedCsvRecord> rows = new ArrayList<>();
      CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(in).forEach(rows::add);
      if (rows.isEmpty()) {
        throw new UsageException(name + " has no rows");
      }
      return new CsvRows(name, rows);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new UsageException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream unpacked(InputStream bytes) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(bytes);
    buffered.mark(2);
    int magic = buffered.read() << 8 | buffered.read();
    buffered.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(buffered) : buffered;
  }
}
