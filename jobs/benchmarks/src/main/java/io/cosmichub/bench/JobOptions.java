package io.cosmichub.bench;

import io.cosmichub.pipeline.PipelineConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that all benchmarks share whose job runs in this process. */
final class JobOptions {

  @Option(
      names = "--checkpoint-interval",
      description = "Time between checkpoints (${DEFAULT-VALUE}).")
  private String checkpointInterval;

  @Option(names = "--set", description = "KEY=VALUE of the pipeline's configuration; repeatable.")
  private Map<String, String> settings = Map.of();

  @Option(names = "--json", description = "Write the figures to this file, too.")
  private Path json = Path.of("");

  @Option(names = "--flink", hidden = true)
  private Path flink = Path.of("deploy", "flink");

  JobOptions(String checkpointInterval) {
    this.checkpointInterval = checkpointInterval;
  }

  /** The folder of Flink's configuration. */
  Path flink() {
    return flink;
  }

  /** What a benchmark chose, name by value, followed by what was chosen of these. */
  Map<String, String> with(Object... chosen) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int at = 0; at < chosen.length; at += 2) {
      all.put(chosen[at].toString(), chosen[at + 1].toString());
    }
    all.put("checkpointInterval", checkpointInterval);
    all.putAll(settings);
    return all;
  }

  /**
   * The configuration of a pipeline on the session's broker, in Protobuf; what was set overrides
   * what the benchmark adds, as {@code KEY=VALUE}.
   */
  PipelineConfig config(Session session, String... added) {
    List<String> args = new ArrayList<>();
    args.add("--cosmichub.kafka.bootstrap-servers=" + session.bootstrapServers());
    args.add("--cosmichub.output.format=protobuf");
    args.add("--cosmichub.checkpoint.interval=" + checkpointInterval);
    for (String setting : added) {
      args.add("--" + setting);
    }
    settings.forEach((key, value) -> args.add("--" + key + "=" + value));
    return PipelineConfig.load(args.toArray(String[]::new), Map.of(), null);
  }

  /** Writes the figures to the file that was named, if one was. */
  void write(JsonReport.Body figures, PrintStream out) throws IOException {
    JsonReport.write(json, figures, out);
  }
}
