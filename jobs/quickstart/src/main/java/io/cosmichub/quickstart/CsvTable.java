package io.cosmichub.quickstart;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file (RFC 4180, UTF-8, with or without BOM, plain or gzip) with a header line, read row by
 * row. Whatever is wrong with the file as a table is a {@link UsageException} that names the file
 * and the line.
 */
public final class CsvTable implements AutoCloseable {

  private static final int GZIP_MAGIC = 0x1f8b;

  private final String name;
  private final CloseableIterator<CsvRecord> rows;
  private final List<String> columns;

  private CsvTable(String name, CloseableIterator<CsvRecord> rows) {
    this.name = name;
    this.rows = rows;
    this.columns = readHeader();
  }

  /** Opens a file and reads its header. */
  public static CsvTable open(Path file) throws IOException {
    try {
      return open(file.toString(), Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no file " + file, e);
    }
  }

  /** Reads the header of a table whose bytes come from anywhere; closes them with the table. */
  static CsvTable open(String name, InputStream bytes) throws IOException {
    CloseableIterator<CsvRecord> rows =
        CsvReader.builder()
            .detectBomHeader(true)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.STRICT)
            .missingFieldStrategy(FieldMismatchStrategy.STRICT)
            .ofCsvRecord(unpacked(bytes))
            .iterator();
    return new CsvTable(name, rows);
  }

  /** What the table is called in messages. */
  String name() {
    return name;
  }

  /** The columns in the order of the file, in lower case. */
  List<String> columns() {
    return columns;
  }

  /** The index of a column, or -1 if the table has none of that name. */
  int column(String column) {
    return columns.indexOf(column);
  }

  /** The index of a column that the table cannot do without. */
  int requiredColumn(String column) {
    int index = column(column);
    if (index < 0) {
      throw new UsageException(
          "%s has no column %s; its columns are: %s"
              .formatted(name, column, String.join(", ", columns)));
    }
    return index;
  }

  /** The next row, or null at the end. */
  @Nullable CsvRecord next() {
    try {
      return rows.hasNext() ? rows.next() : null;
    } catch (CsvParseException e) {
      throw new UsageException(name + ": " + reason(e), e);
    } catch (UncheckedIOException e) {
      throw new UsageException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  private List<String> readHeader() {
    CsvRecord header = next();
    if (header == null) {
      throw new UsageException(name + " is empty: its first line must name the columns");
    }
    List<String> names =
        header.getFields().stream().map(cell -> cell.strip().toLowerCase(Locale.ROOT)).toList();
    Set<String> seen = new HashSet<>();
    for (String column : names) {
      if (!seen.add(column)) {
        throw new UsageException(name + " has two columns of the name " + column);
      }
    }
    return names;
  }

  private static String reason(CsvParseException e) {
    Throwable cause = e.getCause();
    return cause == null
        ? String.valueOf(e.getMessage())
        : e.getMessage() + " (" + cause.getMessage() + ")";
  }

  private static InputStream unpacked(InputStream bytes) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(bytes, 1 << 16);
    buffered.mark(2);
    int magic = buffered.read() << 8 | buffered.read();
    buffered.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }
}
