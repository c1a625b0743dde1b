package io.cosmichub.streaming.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.kernels.guard.Breaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class KernelMetricsTest {

  private final RecordedMetrics metrics = new RecordedMetrics();
  private final KernelMetrics kernel = new KernelMetrics(metrics, "cuda");

  @Test
  void countsPairs() {
    kernel.fellBack(3);
    kernel.fellBack(4);
    kernel.overflowed(5);
    kernel.batchSent(6);
    assertThat(metrics.value("kernel.cuda.fallbacks")).isEqualTo(7);
    assertThat(metrics.value("kernel.cuda.overflows")).isEqualTo(5);
    assertThat(metrics.value("kernel.cuda.batch_size")).isEqualTo(1);
  }

  @Test
  void showsHowMuchOfABatchIsLeft() {
    assertThat(metrics.value("kernel.cuda.batch_pairs_left")).isZero();
    kernel.batchAdvanced(40, 100);
    assertThat(metrics.value("kernel.cuda.batch_pairs_left")).isEqualTo(60);
    kernel.batchEnded();
    assertThat(metrics.value("kernel.cuda.batch_pairs_left")).isZero();
  }

  @Test
  void showsTheBreaker() {
    assertThat(metrics.value("kernel.cuda.breaker_state")).isZero();
    kernel.breakerMoved(Breaker.State.OPEN);
    assertThat(metrics.value("kernel.cuda.breaker_state")).isEqualTo(2);
    kernel.breakerMoved(Breaker.State.HALF_OPEN);
    assertThat(metrics.value("kernel.cuda.breaker_state")).isEqualTo(1);
    kernel.breakerMoved(Breaker.State.OPEN);
    assertThat(metrics.value("kernel.cuda.breaker_openings")).isEqualTo(2);
    assertThat(metrics.value("kernel.cuda.off")).isZero();
    kernel.breakerMoved(Breaker.State.OFF);
    assertThat(metrics.value("kernel.cuda.off")).isEqualTo(1);
    assertThat(metrics.value("kernel.cuda.breaker_state")).isEqualTo(3);
  }

  @Test
  void comparesTheKernelWithTheReference() {
    kernel.shadowChecked(10, 200, 4_000);
    kernel.shadowMismatched(2);
    assertThat(metrics.value("kernel.cuda.shadow_checks")).isEqualTo(10);
    assertThat(metrics.value("kernel.cuda.shadow_mismatches")).isEqualTo(2);
    assertThat(metrics.value("kernel.cuda.nanos_per_pair")).isEqualTo(1);
    assertThat(metrics.value("kernel.cuda.reference_nanos_per_pair")).isEqualTo(1);
  }

  @Test
  void everyMetricThatAnAlertLooksAtIsThere() throws IOException {
    String rules = Files.readString(Path.of("../../deploy/prometheus/rules/kernel.yml"));
    Matcher named = Pattern.compile("_cosmichub_kernel_([a-z_]+)").matcher(rules);
    Set<String> looked = named.results().map(name -> name.group(1)).collect(Collectors.toSet());
    assertThat(looked).contains("shadow_mismatches", "timeouts");
    looked.remove(AspectsFunction.TIMEOUTS.replace("kernel_", ""));
    assertThat(looked).allMatch(name -> metrics.value("kernel.cuda." + name) == 0);
  }

  @Test
  void saysWhichKernelIsTheChosenOne() {
    KernelMetrics vector = new KernelMetrics(metrics, "vector");
    KernelMetrics.chosen(metrics, "cuda");
    vector.fellBack(1);
    assertThat(metrics.value("kernel.cuda.chosen")).isEqualTo(1);
    assertThat(metrics.value("kernel.cuda.fallbacks")).isZero();
    assertThat(metrics.value("kernel.vector.fallbacks")).isEqualTo(1);
  }
}
