package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The form that this process gets: lanes where the module is there, as deploy/jvm.options asks for.
 */
final class VectorKernelTest extends BatchKernelContract {

  @Override
  protected BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return Kernels.open("vector", policy, settings);
  }

  /**
   * Those whose kernel is another than {@link LoopKernel}, which {@link LoopKernelTest} tries with
   * all of them; the classic one in any case.
   */
  static Stream<AspectPolicy> policiesOfLanes() {
    return policies().filter(VectorKernelTest::hasLanes);
  }

  static Stream<Arguments> millionsOfLanes() {
    return millions().filter(of -> hasLanes((AspectPolicy) of.get()[0]));
  }

  private static boolean hasLanes(AspectPolicy policy) {
    try (BatchKernel kernel =
        Kernels.open(VectorKernelProvider.NAME, policy, KernelSettings.DEFAULT)) {
      return policy == AspectPolicy.classic() || !(kernel instanceof LoopKernel);
    }
  }

  @Override
  @ParameterizedTest
  @MethodSource("policiesOfLanes")
  void theBestAreThoseOfTheReference(AspectPolicy policy, WantedRankings wanted) {
    super.theBestAreThoseOfTheReference(policy, wanted);
  }

  @Override
  @ParameterizedTest
  @MethodSource("policiesOfLanes")
  void rankingsOfAwkwardSizes(AspectPolicy policy) {
    super.rankingsOfAwkwardSizes(policy);
  }

  @Override
  @ParameterizedTest
  @MethodSource("millionsOfLanes")
  void millionsOfRandomCells(AspectPolicy policy, int most) {
    super.millionsOfRandomCells(policy, most);
  }

  static boolean registersAreWide() {
    return new VectorKernelProvider().probe().reason().contains("-bit lanes");
  }

  @Test
  @EnabledIf("registersAreWide")
  void theClassicPolicyUsesLanesAndOtherAnglesLoops() {
    try (BatchKernel classic = open(AspectPolicy.classic());
        BatchKernel other = open(overlapping())) {
      assertThat(classic.getClass().getSimpleName()).isEqualTo("LaneKernel");
      assertThat(other).isExactlyInstanceOf(LoopKernel.class);
    }
  }

  @Test
  void withoutTheModuleThereAreLoops() throws IOException, InterruptedException {
    assertThat(printedBy(List.of()))
        .contains("LoopKernel")
        .contains("no module jdk.incubator.vector");
  }

  @Test
  @EnabledIf("registersAreWide")
  void withTheModuleThereAreLanes() throws IOException, InterruptedException {
    assertThat(printedBy(List.of("--add-modules=jdk.incubator.vector"))).contains("LaneKernel");
  }

  /** What a fresh JVM with these flags prints of the kernel that it opens. */
  private static String printedBy(List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(new File(System.getProperty("java.home"), "bin/java").getPath());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Opened.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream output = process.getInputStream()) {
      String printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(printed).isZero();
      return printed;
    }
  }

  /** Prints which kernel is open and why. */
  static final class Opened {

    private Opened() {}

    public static void main(String[] args) {
      try (BatchKernel kernel = Kernels.open("vector", AspectPolicy.classic())) {
        System.out.println(Objects.requireNonNull(kernel).getClass().getSimpleName());
        System.out.println(new VectorKernelProvider().probe().reason());
      }
    }
  }
}
