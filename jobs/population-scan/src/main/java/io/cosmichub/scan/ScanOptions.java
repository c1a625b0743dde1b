package io.cosmichub.scan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code ./run scan}, filled in by picocli. */
final class ScanOptions {

  @Option(
      names = "--charts",
      paramLabel = "FILE",
      description = "Charts; may be given several times.")
  List<Path> charts = new ArrayList<>();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description =
          "A broker. Charts are those that stand on cosmichub.chart.updates.v1, unless --charts"
              + " names files; results go to cosmichub.population.scans.v1 and .matches.v1, too.")
  @Nullable String bootstrap;

  @Option(
      names = "--client-properties",
      paramLabel = "FILE",
      description = "Properties for Kafka's clients, such as how they log in.")
  @Nullable Path clientProperties;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "json",
      description = "json or protobuf: the results on topics (${DEFAULT-VALUE}).")
  String format = "json";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of the results; created if need be, files of the same name are replaced.")
  Path out = Path.of("");

  @Option(
      names = "--best",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "How many partners of each chart are kept, each in 12 bytes of memory for each subtask"
              + " (${DEFAULT-VALUE}).")
  int best;

  @Option(
      names = "--people",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "On how many people a published figure rests at least, 2 to 64 (${DEFAULT-VALUE}).")
  int people;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "50000",
      description =
          "How many pairs, drawn from all, patterns and figures of pairs are told from"
              + " (${DEFAULT-VALUE}).")
  int sample;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "How many subtasks share the blocks (the processors there are). Each computes on one"
              + " thread; what is computed after the blocks, so many threads share.")
  int parallelism = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--kernel",
      paramLabel = "NAME",
      defaultValue = "vector",
      description = "vector, reference, cuda or auto (${DEFAULT-VALUE}).")
  String kernelName = "vector";

  @Option(
      names = "--numpy",
      paramLabel = "SECONDS",
      arity = "0..1",
      fallbackValue = "60",
      defaultValue = "0",
      description =
          "Does the same with batched NumPy for so many seconds at most (60), and says how many"
              + " times as fast the kernel is.")
  int numpySeconds;

  @Option(names = "--scripts", hidden = true)
  Path scripts = Path.of("operators/benchmarks/src/main/python");
}
