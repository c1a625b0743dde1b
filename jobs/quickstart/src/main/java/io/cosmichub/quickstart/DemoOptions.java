package io.cosmichub.quickstart;

import io.cosmichub.contracts.Format;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options of {@code ./run demo}, filled in by picocli. */
final class DemoOptions {

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "Port of the broker (default: 9092, or the next free one; 0: any).")
  @Nullable Integer kafkaPort;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      description = "Port of Flink's web page (default: 8081, or the next free one; 0: any).")
  @Nullable Integer flinkPort;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Port of the Prometheus endpoint (default: 9249, or the next free one; 0: any).")
  @Nullable Integer metricsPort;

  @Option(
      names = "--page-port",
      paramLabel = "PORT",
      description = "Port of the page (default: 8088, or the next free one; 0: any).")
  @Nullable Integer pagePort;

  @Option(
      names = "--speed",
      paramLabel = "HOURS|max",
      defaultValue = "1",
      description =
          "Hours of the sky a second, each of them 2,709 pairs; max: as fast as the pipeline follows (default: ${DEFAULT-VALUE}).",
      converter = SpeedConverter.class)
  Speed speed = new Speed(1);

  @Option(
      names = "--no-sample-data",
      description = "A running pipeline on empty topics, for data of one's own.")
  boolean noSampleData;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Keep everything here; started with it again, the demo goes on where it stopped (default: a temporary folder, removed at the end).")
  @Nullable Path dataDirectory;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description =
          "End after this time, counted from when all is loaded, such as 60s or 5m (default: until Ctrl-C).",
      converter = DurationConverter.class)
  @Nullable Duration duration;

  @Option(
      names = "--format",
      paramLabel = "json|protobuf",
      defaultValue = "json",
      description = "Encoding of inputs and outputs (default: ${DEFAULT-VALUE}).",
      converter = FormatConverter.class)
  Format format = Format.JSON;

  @Option(
      names = "--summary-json",
      paramLabel = "FILE",
      description = "Write the summary to a file, too.")
  @Nullable Path summaryJson;

  static final class SpeedConverter implements ITypeConverter<Speed> {
    @Override
    public Speed convert(String text) {
      return Converters.convert(text, Speed::of);
    }
  }

  static final class FormatConverter implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return Converters.convert(text, Format::of);
    }
  }

  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Converters.convert(text, Converters::duration);
    }
  }
}
