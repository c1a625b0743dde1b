package io.cosmichub.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/** Every benchmark runs once, for a moment, and its figures can be shown. */
final class BenchmarksRunTest {

  @Test
  void everyBenchmarkRuns(@TempDir Path directory) throws Exception {
    List<Figure> figures = figures();
    assertThat(figures).hasSize(13).allMatch(figure -> figure.pairsPerSecond() > 0);
    assertThat(FigureOutput.table(figures)).contains("reference").contains("one body moved");
    assertThat(FigureOutput.svg("a title", figures))
        .startsWith("<svg ")
        .contains("a title")
        .endsWith("</svg>\n");
    Path json = directory.resolve("figures.json");
    FigureOutput.json(json, Map.of("processors", "2"), figures, List.of(Footprint.of(40)));
    assertThat(json).isNotEmptyFile();
    assertThat(Files.readString(json))
        .contains("\"processors\" : \"2\"")
        .contains("\"packedBytes\"")
        .contains("\"pairsPerSecond\"");
  }

  private static List<Figure> figures() throws RunnerException {
    Measurement moment = new Measurement(0, 1, TimeValue.milliseconds(5), null);
    List<Figure> figures = new ArrayList<>();
    figures.addAll(moment.batches("scores", ScoresBenchmark.class, 10, 17));
    figures.addAll(moment.batches("score in one call", SingleScoreBenchmark.class, 10, 1));
    figures.addAll(moment.batches("packed sets", SparseSetsBenchmark.class, 16, 17));
    figures.addAll(moment.batches("dense sets", DenseSetsBenchmark.class, 10, 17));
    figures.addAll(moment.batches("one body moved", MovedBodyBenchmark.class, 10, 17));
    figures.addAll(moment.ranking("reference", 20, 1));
    figures.addAll(moment.ranking("vector", 40, 2));
    figures.addAll(moment.best("vector", 600, 2));
    return figures;
  }
}
