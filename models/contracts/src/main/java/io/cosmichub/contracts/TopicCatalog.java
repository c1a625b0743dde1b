package io.cosmichub.contracts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Every topic with its partitions and how it is kept: the resource {@code topics.csv}, from which
 * all who create topics read.
 */
public final class TopicCatalog {
  private static final String RESOURCE = "topics.csv";
  private static final String COLUMNS =
      "topic,partitions,cleanup_policy,retention_ms,direction,description";

  /** Who writes a topic. */
  public enum Direction {
    IN,
    OUT,
    DEAD_LETTER
  }

  /** One topic; {@code retentionMs} is −1 where records are kept until compaction takes them. */
  public record Entry(
      String topic,
      int partitions,
      String cleanupPolicy,
      long retentionMs,
      Direction direction,
      String description) {}

  private TopicCatalog() {}

  /**
   * Reads the catalog, in the order of the resource; {@link IllegalStateException} where the
   * resource is absent or damaged.
   */
  public static List<Entry> load() {
    try (InputStream in = TopicCatalog.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      if (!COLUMNS.equals(lines.readLine())) {
        throw new IllegalStateException(RESOURCE + " does not begin with the columns " + COLUMNS);
      }
      List<Entry> entries = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        entries.add(entry(line));
      }
      return List.copyOf(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry entry(String line) {
    String[] cells = line.split(",", 6); // the description comes last and may hold commas
    if (cells.length != 6) {
      throw new IllegalStateException(RESOURCE + " has a line that is not six cells: " + line);
    }
    try {
      return new Entry(
          cells[0],
          Integer.parseInt(cells[1]),
          cells[2],
          Long.parseLong(cells[3]),
          direction(cells[4]),
          cells[5]);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(RESOURCE + " has a line that cannot be read: " + line, e);
    }
  }

  private static Direction direction(String cell) {
    return switch (cell) {
      case "in" -> Direction.IN;
      case "out" -> Direction.OUT;
      case "dead-letter" -> Direction.DEAD_LETTER;
      default -> throw new IllegalArgumentException("a direction is in, out or dead-letter");
    };
  }
}
