package io.cosmichub.scan;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.quickstart.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import picocli.CommandLine;

/** Charts for tests, and the command run on them. */
final class Given {

  private Given() {}

  /** Random charts; some bodies are missing, and some charts are there twice. */
  static List<Longitudes> charts(int size, long seed) {
    Random random = new Random(seed);
    List<Longitudes> charts = new ArrayList<>();
    for (int chart = 0; chart < size; chart++) {
      Longitudes longitudes = Longitudes.NONE.with(0, random.nextInt(360_000_000));
      for (int slot = 1; slot < 10; slot++) {
        if (random.nextInt(20) > 0) {
          longitudes = longitudes.with(slot, random.nextInt(360_000_000));
        }
      }
      charts.add(chart % 10 == 9 ? charts.get(random.nextInt(chart)) : longitudes);
    }
    return charts;
  }

  /** The id of the chart of a number. */
  static String id(int chart) {
    return "chart-" + chart;
  }

  /** Writes charts as a table. */
  static Path csv(Path file, List<Longitudes> charts) throws IOException {
    StringBuilder table = new StringBuilder("chart_id");
    for (int slot = 0; slot < 10; slot++) {
      table.append(',').append(Body.ofSlot(slot).id());
    }
    for (int chart = 0; chart < charts.size(); chart++) {
      table.append('\n').append(id(chart));
      for (int slot = 0; slot < 10; slot++) {
        table.append(',');
        if (charts.get(chart).has(slot)) {
          table.append(charts.get(chart).at(slot) / 1e6);
        }
      }
    }
    return Files.writeString(file, table.append('\n'));
  }

  /**
   * How a run ended.
   *
   * @param exit its exit status
   * @param said what it printed
   */
  record Run(int exit, String said) {}

  /** Runs the command in this process. */
  static Run scan(Object... arguments) {
    return scan(ScanKernels.known(), arguments);
  }

  /** As the other one, with other kernels. */
  static Run scan(ScanKernels kernels, Object... arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int exit = new CommandLine(new PopulationScan(new Console(out, false), kernels)).execute(words);
    return new Run(exit, output.toString(StandardCharsets.UTF_8));
  }
}
