package io.cosmichub.scan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.quickstart.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same with batched NumPy in one thread: scores, best partners, distribution.
 *
 * @param pairs how many pairs it came through
 * @param seconds in how much processor time
 * @param best the sum of the scores of all best partners; null if it did not come through all pairs
 */
record NumpyRun(long pairs, double seconds, @Nullable Double best) {

  private static final String SCRIPT = "numpy_baseline.py";
  private static final int BODIES = 10;
  private static final int ALL_TEN = (1 << BODIES) - 1;

  /** A {@link UsageException} if there is no Python with NumPy. */
  static void check() throws InterruptedException {
    try {
      run(List.of("python3", "-c", "import numpy"));
    } catch (IOException e) {
      throw new UsageException("--numpy needs python3 with NumPy (Debian: python3-numpy)", e);
    }
  }

  /** Runs it on the charts that have all ten bodies, for so many seconds at most. */
  static NumpyRun of(List<Longitudes> charts, int best, int seconds, Path scripts, Path scratch)
      throws IOException, InterruptedException {
    Path file = Files.createDirectories(scratch).resolve("charts.i32");
    Files.write(file, bytes(charts));
    return read(
        run(
            List.of(
                "python3",
                scripts.resolve(SCRIPT).toString(),
                file.toString(),
                Integer.toString(seconds),
                Integer.toString(best))));
  }

  double pairsPerSecond() {
    return pairs / seconds;
  }

  private static byte[] bytes(List<Longitudes> charts) {
    ByteBuffer bytes =
        ByteBuffer.allocate(charts.size() * BODIES * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Longitudes chart : charts) {
      if ((chart.presentMask() & ALL_TEN) == ALL_TEN) {
        for (int slot = Body.SUN.slot(); slot < BODIES; slot++) {
          bytes.putInt(chart.at(slot));
        }
      }
    }
    byte[] written = new byte[bytes.position()];
    bytes.flip().get(written);
    return written;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("Python failed: " + printed.strip());
    }
    return printed.strip();
  }

  private static NumpyRun read(String json) throws IOException {
    long pairs = 0;
    double seconds = 0;
    Double best = null;
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          String field = parser.currentName();
          JsonToken value = parser.nextToken();
          switch (field) {
            case "pairs" -> pairs = parser.getLongValue();
            case "cpu" -> seconds = parser.getDoubleValue();
            case "best" ->
                best = value == JsonToken.VALUE_NULL ? null : (Double) parser.getDoubleValue();
            default -> {}
          }
        }
      }
    }
    return new NumpyRun(pairs, seconds, best);
  }
}
