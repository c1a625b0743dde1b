package io.cosmichub.pipeline;

import io.cosmichub.contracts.Format;
import java.util.List;
import java.util.stream.Stream;

/** Every key that the job knows, in the order in which the reference lists them. */
public final class PipelineOptions {

  /** What every key begins with. */
  static final String PREFIX = "cosmichub.";

  /** Keys that begin with this are handed to Kafka's clients without it. */
  public static final String KAFKA_PROPERTIES = PREFIX + "kafka.properties.";

  static final Option<Format> OUTPUT_FORMAT =
      Option.of(
          "cosmichub.output.format",
          ValueType.choice(Format.class),
          "json",
          "How output values are written.");

  private static final List<Option<?>> ALL =
      Stream.of(
              JobOptions.ALL,
              KafkaOptions.ALL,
              List.<Option<?>>of(OUTPUT_FORMAT),
              KernelOptions.ALL,
              AspectOptions.ALL,
              PolicyOptions.ALL,
              ChartOptions.ALL,
              ModelOptions.ALL,
              HotStateOptions.ALL,
              EventTimeOptions.ALL,
              PopulationOptions.ALL,
              PatternOptions.ALL,
              MatchOptions.ALL)
          .<Option<?>>flatMap(List::stream)
          .toList();

  private PipelineOptions() {}

  /** Every option. */
  public static List<Option<?>> all() {
    return ALL;
  }
}
