package io.cosmichub.golden;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The recorded answers of the product, as lines, and the charts that they are about. */
final class GoldenFiles {
  private GoldenFiles() {}

  static List<String> lines(String name) {
    try (InputStream file =
            Objects.requireNonNull(GoldenFiles.class.getResourceAsStream("/golden/" + name), name);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(file) : file;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Charts by id: the ten classic bodies. */
  static Map<String, Longitudes> charts() {
    List<String> lines = lines("charts.csv.gz");
    String[] header = lines.get(0).split(",", -1);
    Map<String, Longitudes> charts = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      int[] slots = new int[Body.COUNT];
      Arrays.fill(slots, MicroDegrees.ABSENT);
      for (int i = 1; i < fields.length; i++) {
        Body body = Objects.requireNonNull(Body.ofId(header[i]));
        slots[body.slot()] = MicroDegrees.ofDegrees(Double.parseDouble(fields[i]));
      }
      charts.put(fields[0], Longitudes.of(slots));
    }
    return charts;
  }
}
