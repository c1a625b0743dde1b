package io.cosmichub.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.ChartBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the NumPy script beside the kernels, on the same charts, in one thread. */
final class NumpyBaseline {

  private static final int BODIES = 10;

  private final Path script;

  NumpyBaseline(Path script) {
    this.script = script;
  }

  /**
   * All against all, for {@code seconds}; {@link IOException} with what the script said if it
   * failed.
   */
  Figure measure(int charts, double seconds) throws IOException, InterruptedException {
    Path file = Files.createTempFile("charts", ".i32");
    try {
      Files.write(file, bytes(SampleCharts.draw(charts, BODIES, 1)));
      ProcessBuilder command =
          new ProcessBuilder(
              "python3", script.toString(), file.toString(), Double.toString(seconds));
      command.environment().put("OMP_NUM_THREADS", "1");
      Process process = command.redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("the NumPy baseline failed: " + printed);
      }
      return figure(printed, charts);
    } finally {
      Files.delete(file);
    }
  }

  private static Figure figure(String json, int charts) throws IOException {
    double pairs = 0;
    double seconds = 1;
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          String field = parser.currentName();
          parser.nextToken();
          if (field.equals("pairs")) {
            pairs = parser.getDoubleValue();
          } else if (field.equals("seconds")) {
            seconds = parser.getDoubleValue();
          }
        }
      }
    }
    return new Figure(
        "all against all, scores only",
        "numpy float32",
        charts + " charts",
        1,
        pairs / seconds,
        null);
  }

  private static byte[] bytes(ChartBlock charts) {
    ByteBuffer bytes =
        ByteBuffer.allocate(charts.size() * BODIES * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int chart = 0; chart < charts.size(); chart++) {
      Longitudes at = charts.at(chart);
      for (int slot = 0; slot < BODIES; slot++) {
        bytes.putInt(at.at(slot));
      }
    }
    return bytes.array();
  }
}
