package io.cosmichub.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that a run found, and where.
 *
 * @param environment what it ran on, by name
 * @param method how long each figure was measured, in words
 * @param figures the figures, in the order of the tables
 * @param footprints what results take in memory
 */
record KernelResults(
    Map<String, String> environment,
    String method,
    List<Figure> figures,
    List<Footprint> footprints) {

  private static final JsonMapper JSON = new JsonMapper();

  /** What {@link #write} wrote. */
  static KernelResults read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), KernelResults.class);
  }

  void write(Path file) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
  }
}
