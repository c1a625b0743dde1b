package io.cosmichub.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.batch.BatchSettings;
import io.cosmichub.kernels.guard.Fault;
import io.cosmichub.kernels.guard.FaultyKernel;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.kernels.guard.GuardedKernels;
import io.cosmichub.kernels.guard.KernelEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scan with a device that fails, hangs or is wrong says what a scan without one says. */
@Timeout(120)
@Tag("any-jvm")
final class FaultyKernelScanTest {

  /** One block, small enough to be checked whole. */
  private static final int CHARTS = 180;

  private static final List<String> FILES =
      List.of(
          "matches.jsonl",
          "distribution.jsonl",
          "prevalence.jsonl",
          "patterns.jsonl",
          "shapes.jsonl");

  @TempDir static Path directory;

  @BeforeAll
  static void scanWithoutADevice() throws IOException {
    Given.csv(directory.resolve("charts.csv"), Given.charts(CHARTS, 4));
    Given.Run run =
        Given.scan(
            "--charts", directory.resolve("charts.csv"), "--out", directory.resolve("plain"));
    assertThat(run.exit()).as(run.said()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"NONE", "ECC", "ILLEGAL_ADDRESS", "HANG", "BIT_FLIP"})
  void everyFileIsAsWithoutTheDevice(Fault fault) throws IOException {
    Path charts = directory.resolve("charts.csv");
    Path plain = directory.resolve("plain");
    Path faulty = directory.resolve(fault.name());

    Given.Run run =
        Given.scan(new Faulty(fault), "--charts", charts, "--out", faulty, "--parallelism", 1);

    boolean wrong = fault == Fault.BIT_FLIP;
    assertThat(run.exit()).as(run.said()).isEqualTo(wrong ? 3 : 0);
    for (String file : FILES) {
      assertThat(faulty.resolve(file)).hasSameBinaryContentAs(plain.resolve(file));
    }
    JsonNode cost = new ObjectMapper().readTree(Files.readString(faulty.resolve("cost.json")));
    assertThat(cost.get("fallbackPairs").longValue() > 0).isEqualTo(fault != Fault.NONE);
    assertThat(cost.get("checkedPairs").longValue()).isPositive();
    assertThat(cost.get("checkedReferenceSeconds").doubleValue()).isPositive();
    assertThat(cost.get("checkedKernelSeconds").doubleValue()).isPositive();
    String page = Files.readString(faulty.resolve("report.html"));
    assertThat(cost.get("wrongPairs").longValue() > 0).isEqualTo(wrong);
    assertThat(run.said().lines().reduce("", (before, line) -> line))
        .as("the last word")
        .startsWith(wrong ? "WARNING: the kernel was wrong for " : "Written to ");
    assertThat(page.contains("WARNING: the kernel was wrong for ")).isEqualTo(wrong);
    assertThat(run.said())
        .contains(fault == Fault.NONE ? "no other kernel had to step in" : "in place of the one");
  }

  /** Whatever is chosen, a device to which the fault happens at its first call. */
  private record Faulty(Fault fault) implements ScanKernels {

    @Override
    public BatchKernel open(
        String choice, AspectPolicy policy, int threads, int seed, KernelEvents events) {
      GuardSettings settings =
          new GuardSettings(
              new KernelSettings(threads, KernelSettings.DEFAULT.memory()),
              BatchSettings.DEFAULT,
              fault == Fault.HANG ? Duration.ofMillis(300) : Duration.ofMinutes(1),
              3,
              Duration.ofSeconds(30),
              1);
      return new GuardedKernels(
              new Kernels(List.of(new Device(fault))), settings, seed, name -> events)
          .openForBatches("device", policy);
    }
  }

  private record Device(Fault fault) implements AspectKernelProvider {

    @Override
    public String name() {
      return "device";
    }

    @Override
    public Probe probe() {
      return Probe.usable("for a test");
    }

    @Override
    public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
      Queue<Fault> faults = new ArrayDeque<>(List.of(fault));
      CountDownLatch never = new CountDownLatch(1);
      return new FaultyKernel(
          () -> faults.isEmpty() ? Fault.NONE : faults.remove(),
          () -> {
            try {
              never.await();
            } catch (InterruptedException ended) {
              throw new IllegalStateException("the device call was interrupted", ended);
            }
          });
    }

    @Override
    public boolean prefersBatches() {
      return true;
    }
  }
}
