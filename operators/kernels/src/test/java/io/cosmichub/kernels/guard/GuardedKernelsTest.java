package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.AspectKernelProvider;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.LostKernelException;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.ReferenceKernelProvider;
import io.cosmichub.kernels.VectorKernelProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GuardedKernelsTest {

  private final List<String> listenedTo = new ArrayList<>();
  private final Map<String, RecordedEvents> told = new HashMap<>();

  @Test
  void aKernelThatPrefersBatchesGetsThemAndHasTheCpuKernelBehindIt() {
    try (AspectKernel kernel = open("faulty")) {
      assertThat(kernel).isInstanceOf(GuardedDevice.class);
      assertThat(kernel.answersAtOnce()).isFalse();
      assertThat(kernel.name()).isEqualTo("faulty");
      assertThat(listenedTo).containsExactlyInAnyOrder("faulty", "vector");
      Charts.Asked pair = Charts.ask(kernel, new Random(1));
      assertThat(pair.answer().join()).isEqualTo(pair.truth());
    }
  }

  @Test
  void theCpuKernelAnswersAtOnceWithTheReferenceBehindIt() {
    try (AspectKernel kernel = open("vector")) {
      assertThat(kernel).isInstanceOf(GuardedKernel.class);
      assertThat(kernel.answersAtOnce()).isTrue();
      assertThat(kernel.name()).isEqualTo("vector");
      assertThat(Charts.ask(kernel, new Random(1)).isRight()).isTrue();
      assertThat(listenedTo).containsExactly("vector");
    }
  }

  @Test
  void theReferenceStandsAlone() {
    try (AspectKernel kernel = open("reference")) {
      assertThat(kernel).isInstanceOf(ReferenceKernel.class);
      assertThat(kernel.answersAtOnce()).isTrue();
      assertThat(listenedTo).isEmpty();
    }
  }

  @Test
  void wholeBatchesGoToTheKernelWithTheCpuKernelAndTheReferenceBehindIt() {
    Random random = new Random(1);
    ChartBlock charts = ChartBlock.of(List.of(Charts.random(random), Charts.random(random)));
    ReferenceKernel reference = new ReferenceKernel(AspectPolicy.classic());
    for (String choice : List.of("faulty", "vector", "reference")) {
      listenedTo.clear();
      try (BatchKernel kernel = kernels().openForBatches(choice, AspectPolicy.classic())) {
        assertThat(kernel.name()).isEqualTo(choice);
        assertThat(kernel.withoutDevice().name())
            .isEqualTo(choice.equals("faulty") ? "vector" : choice);
        assertThat(kernel.score(charts, 0, charts, 1))
            .isEqualTo(reference.score(charts, 0, charts, 1));
      }
      assertThat(listenedTo)
          .containsExactlyInAnyOrderElementsOf(
              switch (choice) {
                case "faulty" -> List.of("faulty", "vector");
                case "vector" -> List.of("vector");
                default -> List.<String>of();
              });
    }
  }

  @Test
  void aForcedChoiceThatIsNotThereFails() {
    assertThatIllegalArgumentException().isThrownBy(() -> open("abacus"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels().openForBatches("abacus", AspectPolicy.classic()));
  }

  @Test
  void autoTakesTheNextBestForADeviceThatDoesNotOpenAndANamedOneFails() {
    try (AspectKernel kernel = closed().open("auto", AspectPolicy.classic());
        BatchKernel batches = closed().openForBatches("auto", AspectPolicy.classic())) {
      assertThat(List.of(kernel.name(), batches.name())).containsOnly("vector");
      assertThat(kernel.answersAtOnce()).isTrue();
      assertThat(Charts.ask(kernel, new Random(1)).isRight()).isTrue();
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> closed().open("closed", AspectPolicy.classic()))
        .withMessageContaining("out of memory");
  }

  @Test
  void inPlaceOfANamedKernelThatIsLostTheCpuComputesAndSaysSo() {
    try (AspectKernel kernel = kernels(new Lost()).open("lost", AspectPolicy.classic())) {
      assertThat(kernel.name()).isEqualTo("lost");
      assertThat(kernel.answersAtOnce()).isTrue();
      assertThat(kernel.withoutDevice()).as("there is no device").isSameAs(kernel);
      assertThat(events("lost").moves).containsExactly(Breaker.State.OFF);
      assertThat(events("lost").fellBack).hasValue(0);
      assertThat(Charts.ask(kernel, new Random(1)).isRight()).isTrue();
      assertThat(events("lost").fellBack).hasValue(1);
      assertThat(events("vector").moves).isEmpty();
    }
  }

  @Test
  void autoTakesTheNextBestForOneThatIsLostAndSaysThatItIsOff() {
    try (AspectKernel kernel = kernels(new Lost()).open("auto", AspectPolicy.classic())) {
      assertThat(kernel.name()).isEqualTo("vector");
      assertThat(events("lost").moves).containsExactly(Breaker.State.OFF);
    }
    listenedTo.clear();
    try (AspectKernel kernel = closed().open("auto", AspectPolicy.classic())) {
      assertThat(listenedTo).as("one that only did not open").containsExactly(kernel.name());
    }
  }

  @Test
  void wholeBatchesOfAKernelThatIsLostAreForAnotherProcess() {
    GuardedKernels lost = kernels(new Lost());
    assertThatExceptionOfType(LostKernelException.class)
        .isThrownBy(() -> lost.openForBatches("lost", AspectPolicy.classic()))
        .withMessageContaining("error 700");
    try (BatchKernel kernel = lost.openForBatches("auto", AspectPolicy.classic())) {
      assertThat(kernel.name()).isEqualTo("vector");
    }
  }

  private RecordedEvents events(String kernel) {
    return Objects.requireNonNull(told.get(kernel), kernel);
  }

  private AspectKernel open(String choice) {
    return kernels().open(choice, AspectPolicy.classic());
  }

  private GuardedKernels kernels() {
    return kernels(new Faulty());
  }

  private GuardedKernels closed() {
    return kernels(new Closed());
  }

  private GuardedKernels kernels(AspectKernelProvider first) {
    return new GuardedKernels(
        new Kernels(List.of(first, new VectorKernelProvider(), new ReferenceKernelProvider())),
        GuardSettings.DEFAULT,
        1,
        name -> {
          listenedTo.add(name);
          return told.computeIfAbsent(name, none -> new RecordedEvents());
        });
  }

  /** Was given up by this process. */
  private static final class Lost implements AspectKernelProvider {

    @Override
    public String name() {
      return "lost";
    }

    @Override
    public Probe probe() {
      return Probe.lost("error 700");
    }

    @Override
    public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
      throw new IllegalStateException("error 700");
    }

    @Override
    public boolean prefersBatches() {
      return true;
    }
  }

  /** Probes well and does not open. */
  private static final class Closed implements AspectKernelProvider {

    @Override
    public String name() {
      return "closed";
    }

    @Override
    public Probe probe() {
      return Probe.usable("for a test");
    }

    @Override
    public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
      throw new IllegalStateException("out of memory");
    }

    @Override
    public boolean prefersBatches() {
      return true;
    }
  }

  /** Opens kernels that fail at every call. */
  private static final class Faulty implements AspectKernelProvider {

    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public Probe probe() {
      return Probe.usable("for a test");
    }

    @Override
    public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
      return new FaultyKernel(() -> Fault.ECC, () -> {});
    }

    @Override
    public boolean prefersBatches() {
      return true;
    }
  }
}
