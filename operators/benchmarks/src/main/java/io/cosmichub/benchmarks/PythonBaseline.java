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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a Python script beside the kernels, on the same charts, in one thread. */
final class PythonBaseline {

  private static final int BODIES = 10;

  private final String name;
  private final Path script;
  private final List<String> arguments;

  /** The script gets a file of charts, the seconds to run, and {@code arguments}. */
  PythonBaseline(String name, Path script, String... arguments) {
    this.name = name;
    this.script = script;
    this.arguments = List.of(arguments);
  }

  /** Runs it for {@code seconds}; {@link IOException} with what the script said if it failed. */
  Figure measure(String operation, int charts, double seconds)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("charts", ".i32");
    try {
      Files.write(file, bytes(SampleCharts.draw(charts, BODIES, 1)));
      List<String> command = new ArrayList<>();
      command.addAll(
          List.of("python3", script.toString(), file.toString(), Double.toString(seconds)));
      command.addAll(arguments);
      return figure(operation, run(command), charts);
    } finally {
      Files.delete(file);
    }
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));
    Process process = builder.redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(name + " failed: " + printed);
    }
    return printed.substring(printed.lastIndexOf('\n') + 1);
  }

  private Figure figure(String operation, String json, int charts) throws IOException {
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
        operation, name, "Python", charts + " charts", 1, pairs / seconds, null, null);
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
