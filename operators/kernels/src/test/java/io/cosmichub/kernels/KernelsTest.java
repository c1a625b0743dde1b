package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cosmichub.aspect.AspectPolicy;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelsTest {

  private static final AspectPolicy POLICY = AspectPolicy.classic();

  @Test
  void autoOpensTheBestThatCanRunHere() {
    try (AspectKernel kernel = Kernels.open("auto", POLICY)) {
      assertThat(kernel.name()).isEqualTo("vector");
      assertThat(kernel.policy()).isSameAs(POLICY);
    }
  }

  @Test
  void autoPassesOverWhatCannotRunHere() {
    Kernels kernels = new Kernels(List.of(new Absent(), new ReferenceKernelProvider()));
    try (AspectKernel kernel = kernels.select("auto", POLICY, KernelSettings.DEFAULT)) {
      assertThat(kernel.name()).isEqualTo("reference");
    }
  }

  @Test
  void anUnknownChoiceFailsAndNamesTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernels.open("abacus", POLICY))
        .withMessageContaining("abacus")
        .withMessageContaining("auto, vector, reference");
  }

  @Test
  void aForcedChoiceThatCannotRunHereFailsWithTheReason() {
    Kernels kernels = new Kernels(List.of(new Absent(), new ReferenceKernelProvider()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.select("absent", POLICY, KernelSettings.DEFAULT))
        .withMessageContaining("absent")
        .withMessageContaining("no such device");
  }

  @Test
  void aForcedChoiceThatThisProcessGaveUpIsNoWrongChoice() {
    Kernels kernels = new Kernels(List.of(new Lost(), new ReferenceKernelProvider()));
    assertThatExceptionOfType(LostKernelException.class)
        .isThrownBy(() -> kernels.select("lost", POLICY, KernelSettings.DEFAULT))
        .withMessageContaining("'lost'")
        .withMessageContaining("error 700")
        .isInstanceOf(IllegalStateException.class)
        .satisfies(lost -> assertThat(lost.kernel()).isEqualTo("lost"));
    assertThatExceptionOfType(LostKernelException.class).isThrownBy(() -> kernels.choose("lost"));
    assertThat(kernels.lost()).containsExactly("lost");
    try (AspectKernel kernel = kernels.select("auto", POLICY, KernelSettings.DEFAULT)) {
      assertThat(kernel.name()).isEqualTo("reference");
    }
  }

  @Test
  void whatNeverRanHereIsNotLost() {
    assertThat(new Kernels(List.of(new Absent(), new ReferenceKernelProvider())).lost()).isEmpty();
  }

  @Test
  void autoFailsWithEveryReasonWhereNothingCanRun() {
    Kernels kernels = new Kernels(List.of(new Absent()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.select("auto", POLICY, KernelSettings.DEFAULT))
        .withMessageContaining("no such device");
  }

  @Test
  void servicesComeBeforeWhatIsBuiltInAndABrokenOneIsLeftOut(@TempDir Path folder)
      throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(
        services.resolve(AspectKernelProvider.class.getName()),
        List.of("io.cosmichub.kernels.NoSuchProvider", Absent.class.getName()));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Kernels kernels = Kernels.known(loader);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kernels.select("abacus", POLICY, KernelSettings.DEFAULT))
          .withMessageContaining("auto, absent, vector, reference");
      try (AspectKernel kernel = kernels.select("auto", POLICY, KernelSettings.DEFAULT)) {
        assertThat(kernel.name()).isEqualTo("vector");
      }
    }
  }

  /** A kind of kernel whose device was given up. */
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
  }

  /** A kind of kernel whose device is not there. */
  public static final class Absent implements AspectKernelProvider {

    @Override
    public String name() {
      return "absent";
    }

    @Override
    public Probe probe() {
      return Probe.refused("no such device");
    }

    @Override
    public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
      throw new IllegalStateException("no such device");
    }
  }
}
