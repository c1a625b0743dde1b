package io.cosmichub.streaming.aspect;

import static io.cosmichub.streaming.given.Given.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.kernels.AspectKernelProvider;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.batch.BatchSettings;
import io.cosmichub.kernels.guard.Fault;
import io.cosmichub.kernels.guard.FaultyKernel;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.kernels.guard.GuardedKernels;
import io.cosmichub.pair.PairWork;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.record.RecordTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which pairs reach a device that lies about every one of them, so that they can be told. */
@Timeout(60)
final class DeviceRolloutTest {

  private static final int PAIRS = 400;
  private static final ReferenceKernel TRUTH = new ReferenceKernel(AspectPolicy.classic());

  private final FaultyKernel device = new FaultyKernel(() -> Fault.BIT_FLIP, () -> {});

  @Test
  void withoutAFlagADeviceComputesAllPairs() throws Exception {
    assertThat(onTheDevice()).hasSize(PAIRS);
  }

  @Test
  void aFlagGivesAShareToTheDeviceAndALargerOneTheSameAndMore() throws Exception {
    Set<String> few = onTheDevice(tell(Models.gpu(1, 0.05)));
    Set<String> more = onTheDevice(tell(Models.gpu(1, 0.05)), tell(Models.gpu(2, 0.2)));

    assertThat(few).isEqualTo(included(0.05)).isNotEmpty();
    assertThat(more).isEqualTo(included(0.2)).containsAll(few).hasSizeGreaterThan(few.size());
    assertThat(onTheDevice(tell(Models.gpu(2, 0.2)), tell(Models.gpu(3, 0)))).isEmpty();
  }

  @Test
  void aFlagThatIsRemovedGivesAllPairsToTheDevice() throws Exception {
    assertThat(onTheDevice(tell(Models.gpu(1, 0)), Models.remove("devices"))).hasSize(PAIRS);
  }

  @Test
  void aFlagIsKnownAfterARestoreAndWhatElseIsToldChangesNothing() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = open(true, null)) {
      before.processElement(tell(Models.gpu(1, 0.2)), 0);
      before.processElement(tell(Models.rescoring(1, 1)), 0);
      before.processElement(Models.remove("another"), 0);
      snapshot = before.snapshot(1, 1);
    }
    try (var after = open(true, snapshot)) {
      assertThat(wrong(after)).isEqualTo(included(0.2));
    }
  }

  @Test
  void withoutADeviceAFlagIsTakenAndTheKernelComputesAllPairs() throws Exception {
    try (var aspects = open(false, null)) {
      aspects.processElement(tell(Models.gpu(1, 0.5)), 0);
      assertThat(wrong(aspects)).hasSize(PAIRS);
    }
  }

  private Set<String> onTheDevice(PairWork... told) throws Exception {
    try (var aspects = open(true, null)) {
      for (PairWork news : told) {
        aspects.processElement(news, 0);
      }
      return wrong(aspects);
    }
  }

  /** The pairs whose aspects the lying kernel computed; every pair comes out once, in order. */
  private Set<String> wrong(OneInputStreamOperatorTestHarness<PairWork, PairResult> aspects)
      throws Exception {
    int calls = device.calls();
    List<String> sent = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      sent.add("pair-" + pair);
      aspects.processElement(compute("pair-" + pair, pair % 360), 0);
    }
    aspects.endInput();
    Set<String> wrong = new TreeSet<>();
    List<String> order = new ArrayList<>();
    for (PairResult result : aspects.extractOutputValues()) {
      PairWork work = result.work();
      if (work.kind() == PairWork.Kind.COMPUTE) {
        order.add(work.pairId());
        AspectSet truth = TRUTH.aspects(work.a(), work.b(), work.movedA(), work.movedB());
        if (!truth.equals(result.touched())) {
          wrong.add(work.pairId());
        }
      }
    }
    assertThat(order).isEqualTo(sent);
    assertThat(device.calls() - calls).isEqualTo(wrong.size());
    return wrong;
  }

  private static Set<String> included(double share) {
    Rollout rollout = Models.gpu(1, share).rollout();
    Set<String> included = new TreeSet<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      if (rollout.includes("pair-" + pair)) {
        included.add("pair-" + pair);
      }
    }
    return included;
  }

  private static PairWork tell(Control control) {
    return Models.tell(control);
  }

  private OneInputStreamOperatorTestHarness<PairWork, PairResult> open(
      boolean inBatches, @Nullable OperatorSubtaskState restored) throws Exception {
    GuardSettings settings =
        new GuardSettings(
            KernelSettings.DEFAULT,
            new BatchSettings(1, Duration.ofMillis(1), PAIRS),
            Duration.ofSeconds(30),
            3,
            Duration.ofSeconds(30),
            0);
    KernelSource source =
        (policy, subtask, events) ->
            new GuardedKernels(
                    new Kernels(List.of(new Lying(device, inBatches))), settings, subtask, events)
                .open("faulty", policy);
    var opened =
        new OneInputStreamOperatorTestHarness<>(
            new AspectsOperatorFactory(
                new AspectsFunction(source, AspectPolicy::classic), Duration.ofSeconds(60), PAIRS),
            RecordTypes.PAIR_WORK.createSerializer(new SerializerConfigImpl()));
    opened.setup(PairResult.TYPE.createSerializer(new SerializerConfigImpl()));
    if (restored != null) {
      opened.initializeState(restored);
    }
    opened.open();
    return opened;
  }

  private static PairWork compute(String pairId, int degree) {
    return new PairWork(
        pairId,
        PairWork.Kind.COMPUTE,
        true,
        "a",
        "b",
        1,
        degree,
        at(degree, 120),
        at((degree + 90) % 360, 2 * degree % 360),
        0x3FF,
        0x3FF,
        5,
        6);
  }

  /** Opens one kernel. */
  private record Lying(FaultyKernel kernel, boolean prefersBatches)
      implements AspectKernelProvider {

    @Override
    public String name() {
      return kernel.name();
    }

    @Override
    public Probe probe() {
      return Probe.usable("for a test");
    }

    @Override
    public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
      return kernel;
    }
  }
}
