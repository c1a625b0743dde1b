package io.cosmichub.streaming.aspect;

import static io.cosmichub.streaming.given.Given.at;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.batch.BatchSettings;
import io.cosmichub.kernels.guard.Fault;
import io.cosmichub.kernels.guard.FaultyKernel;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.kernels.guard.GuardedKernel;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.streaming.hot.HotKeyedOperator;
import io.cosmichub.streaming.record.RecordTypes;
import java.time.Duration;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The step of aspect sets with a kernel that finds what does not hold. */
final class WrongFinderTest {

  private static final ReferenceKernel TRUTH = new ReferenceKernel(AspectPolicy.classic());
  private static final int ALL = 0x3FF;
  private static final Longitudes A = at(0, 10, 20);

  private final RecordedMetrics metrics = new RecordedMetrics();

  @Test
  void itIsCaughtAndCountedAndWhatIsPublishedIsRightFromThenOn() throws Exception {
    FaultyKernel wrong = new FaultyKernel(() -> Fault.BIT_FLIP, () -> {});
    int wronglyBefore = 0;
    int rightly = 0;
    try (var aspects = open(wrong, 0.05)) {
      aspects.processElement(whole(), 0);
      drain(aspects);
      for (int degree = 1; degree < 360; degree++) {
        aspects.processElement(moved(degree), 0);
        boolean off = metrics.value("kernel.faulty.off") == 1;
        for (PairUpdate update : drain(aspects)) {
          AspectSet held = TRUTH.aspects(A, b(degree), ALL, ALL);
          if (off) {
            assertThat(update.aspects()).isEqualTo(held);
            rightly++;
          } else if (!update.aspects().equals(held)) {
            wronglyBefore++;
          }
        }
      }
    }
    assertThat(wronglyBefore).isPositive();
    assertThat(rightly).isGreaterThan(100);
    assertThat(metrics.value("kernel.faulty.shadow_mismatches")).isEqualTo(1);
    assertThat(metrics.value("kernel.faulty.fallbacks")).isGreaterThan(rightly);
    assertThat(wrong.closed()).isEqualTo(1);
  }

  @Test
  void oneThatFailsIsPutRightFromTheFirstCallOn() throws Exception {
    FaultyKernel failing = new FaultyKernel(() -> Fault.ECC, () -> {});
    try (var aspects = open(failing, 0)) {
      aspects.processElement(whole(), 0);
      drain(aspects);
      for (int degree = 1; degree < 20; degree++) {
        aspects.processElement(moved(degree), 0);
        AspectSet held = TRUTH.aspects(A, b(degree), ALL, ALL);
        assertThat(drain(aspects)).extracting(PairUpdate::aspects).containsOnly(held);
      }
    }
    assertThat(metrics.value("kernel.faulty.fallbacks")).isEqualTo(2 * 19);
  }

  @Test
  void theReferenceFindsWhereItIsTheKernelAndTheOneForCpusElse() {
    assertThat(new AspectConfig("reference", GuardSettings.DEFAULT).finder())
        .isEqualTo("reference");
    for (String kernel : new String[] {"auto", "vector", "cuda"}) {
      assertThat(new AspectConfig(kernel, GuardSettings.DEFAULT).finder()).isEqualTo("vector");
    }
  }

  private KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> open(
      FaultyKernel kernel, double share) throws Exception {
    GuardSettings settings =
        new GuardSettings(
            KernelSettings.DEFAULT,
            BatchSettings.DEFAULT,
            Duration.ofSeconds(30),
            3,
            Duration.ofHours(1),
            share);
    KernelSource finders =
        (policy, subtask, events) ->
            new GuardedKernel(
                kernel, settings, 1, new KernelMetrics(metrics, "faulty"), System::nanoTime);
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new HotKeyedOperator<>(
                new PairAspectsFunction(finders, AspectPolicy::classic, 1 << 20, System::nanoTime)),
            result -> result.work().pairId(),
            Types.STRING,
            1,
            1,
            0);
    harness.setup(RecordTypes.PAIR_UPDATE.createSerializer(new SerializerConfigImpl()));
    harness.open();
    return harness;
  }

  private static Longitudes b(int degree) {
    return at(degree, 90, 180);
  }

  private static PairResult whole() {
    return result(
        new PairWork("p", PairWork.Kind.COMPUTE, true, "a", "b", 7, 3, A, b(0), ALL, ALL, 5, 6));
  }

  /** The first body of B moved by a degree. */
  private static PairResult moved(int degree) {
    Longitudes from = b(degree - 1).only(1);
    return result(
        new PairWork(
            "p", PairWork.Kind.COMPUTE, false, "a", "b", 7, 3, A, b(degree), 0, 1, 5, 6, from));
  }

  private static PairResult result(PairWork work) {
    return new PairResult(work, TRUTH.aspects(work.a(), work.b(), work.movedA(), work.movedB()));
  }
}
