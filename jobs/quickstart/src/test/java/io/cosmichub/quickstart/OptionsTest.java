package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.contracts.Format;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

final class OptionsTest {

  @ParameterizedTest
  @CsvSource({"60s, PT60S", "5m, PT5M", "5min, PT5M", "1h, PT1H", "250ms, PT0.25S", "90, PT90S"})
  void aDurationIsANumberAndAUnit(String text, Duration expected) {
    assertThat(Converters.duration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'one hour a second', 1000000000",
    "0.5, 'one hour every 2 s', 2000000000",
    "24, '24 hours a second', 41666666",
    "2.5, '2.50 hours a second', 400000000",
    "max, 'as fast as the pipeline follows', 0",
    "MAX, 'as fast as the pipeline follows', 0",
  })
  void aSpeedIsHoursASecond(String text, String words, long nanos) {
    assertThat(Speed.of(text)).hasToString(words);
    assertThat(Speed.of(text).nanosPerHour()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "fast", ""})
  void whatIsNoSpeedIsRefused(String text) {
    assertThatThrownBy(() -> Speed.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("max");
  }

  @Test
  void theDefaultsAreSaid() {
    DemoOptions options = new DemoOptions();
    new CommandLine(options).parseArgs();
    assertThat(options.kafkaPort).isNull();
    assertThat(options.speed).isEqualTo(new Speed(1));
    assertThat(options.format).isEqualTo(Format.JSON);
    assertThat(options.duration).isNull();
    assertThat(options.dataDirectory).isNull();
    assertThat(options.noSampleData).isFalse();
  }

  @Test
  void everyOptionIsRead() {
    DemoOptions options = new DemoOptions();
    new CommandLine(options)
        .parseArgs(
            "--kafka-port",
            "1",
            "--flink-port",
            "2",
            "--metrics-port",
            "3",
            "--speed",
            "max",
            "--no-sample-data",
            "--data-dir",
            "d",
            "--for",
            "60s",
            "--format",
            "protobuf",
            "--summary-json",
            "s.json");
    assertThat(options.kafkaPort).isEqualTo(1);
    assertThat(options.flinkPort).isEqualTo(2);
    assertThat(options.metricsPort).isEqualTo(3);
    assertThat(options.speed.hoursPerSecond()).isInfinite();
    assertThat(options.noSampleData).isTrue();
    assertThat(options.dataDirectory).hasToString("d");
    assertThat(options.duration).isEqualTo(Duration.ofSeconds(60));
    assertThat(options.format).isEqualTo(Format.PROTOBUF);
    assertThat(options.summaryJson).hasToString("s.json");
  }

  @ParameterizedTest
  @CsvSource({"--for, soon, 60s", "--format, xml, protobuf", "--speed, slow, max"})
  void aValueThatCannotBeNamesWhatCould(String option, String value, String hint) {
    assertThatThrownBy(() -> new CommandLine(new DemoOptions()).parseArgs(option, value))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(option)
        .hasMessageContaining(value)
        .hasMessageContaining(hint);
  }
}
