package io.cosmichub.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

  /** What figures of the product are called. */
  static final String PRODUCT = "product";

  private static final int BODIES = 10;

  private final String name;
  private final Path script;
  private final List<String> arguments;

  private PythonBaseline(String name, Path script, List<String> arguments) {
    this.name = name;
    this.script = script;
    this.arguments = arguments;
  }

  /** Batched NumPy; {@code scripts} is where our scripts are. */
  static PythonBaseline numpy(Path scripts) {
    return new PythonBaseline("NumPy float32", scripts.resolve("numpy_baseline.py"), List.of());
  }

  /** The product's vectorized code, from a checkout of it. */
  static PythonBaseline product(Path scripts, Path checkout) {
    return new PythonBaseline(
        PRODUCT, scripts.resolve("product_baseline.py"), List.of(checkout.toString()));
  }

  /**
   * Computes as many pairs or charts for {@code seconds}; {@link IOException} with what the script
   * said if it failed.
   */
  Figure measure(Operation operation, int size, double seconds)
      throws IOException, InterruptedException {
    JsonNode answer = run(operation, size, seconds);
    return new Figure(
        operation,
        name,
        Figure.PYTHON,
        size,
        BODIES,
        1,
        answer.path("pairs").asDouble() / answer.path("seconds").asDouble(),
        null,
        null);
  }

  /** The answer of the script. */
  JsonNode run(Operation operation, int size, double seconds)
      throws IOException, InterruptedException {
    List<String> more =
        switch (operation) {
          case ALL_SCORES -> List.of();
          case SCORES -> List.of(name.equals(PRODUCT) ? "scores" : "pairs");
          case DENSE -> List.of("sets");
          default -> throw new IllegalArgumentException(name + " has no " + operation.label());
        };
    return run(charts(operation, size), seconds, more);
  }

  /** The bytes that the product keeps of the aspects of a pair. */
  long bytesPerPair() throws IOException, InterruptedException {
    return run(charts(Operation.DENSE, 1), 0, List.of("memory")).path("bytesPerPair").asLong();
  }

  /** Those of the kernels: of pairs first all charts of one side, then of the other. */
  private static List<ChartBlock> charts(Operation operation, int size) {
    ChartBlock first = SampleCharts.draw(size, BODIES, 1);
    return operation.ofAllPairs()
        ? List.of(first)
        : List.of(first, SampleCharts.draw(size, BODIES, 2));
  }

  private JsonNode run(List<ChartBlock> charts, double seconds, List<String> more)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("charts", ".i32");
    try {
      Files.write(file, bytes(charts));
      List<String> command = new ArrayList<>();
      command.addAll(
          List.of("python3", script.toString(), file.toString(), Double.toString(seconds)));
      command.addAll(arguments);
      command.addAll(more);
      return new JsonMapper().readTree(run(command));
    } finally {
      Files.delete(file);
    }
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "OMP_NUM_THREADS", "1",
                "OPENBLAS_NUM_THREADS", "1",
                "PYTHONDONTWRITEBYTECODE", "1"));
    Process process = builder.redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(name + " failed: " + printed);
    }
    return printed.substring(printed.lastIndexOf('\n') + 1);
  }

  private static byte[] bytes(List<ChartBlock> blocks) {
    int charts = blocks.stream().mapToInt(ChartBlock::size).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate(charts * BODIES * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (ChartBlock block : blocks) {
      for (int chart = 0; chart < block.size(); chart++) {
        Longitudes at = block.at(chart);
        for (int slot = 0; slot < BODIES; slot++) {
          bytes.putInt(at.at(slot));
        }
      }
    }
    return bytes.array();
  }
}
