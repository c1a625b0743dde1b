package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider.Probe;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.VectorKernelProvider;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CudaKernelProviderTest {

  private final AspectPolicy policy = AspectPolicy.classic();
  private final CudaKernelProvider provider = new CudaKernelProvider();

  @Test
  void theProbeSaysTheSameEveryTime() {
    Probe first = provider.probe();
    assertThat(first.reason()).isNotBlank();
    assertThat(new CudaKernelProvider().probe()).isEqualTo(first);
  }

  @Test
  void theProbeLeavesNoLibraryAndNoPropertyBehind() throws IOException {
    String folder = System.getProperty("java.io.tmpdir");
    provider.probe();
    assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(folder);
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(Path.of(folder), "{cosmichub-jcuda,libJCudaDriver}*")) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void withoutADriverOneSaysWhatIsMissing() {
    Probe probe = provider.probe();
    assumeFalse(probe.usable(), "there is a device here");
    assertThat(probe.reason()).doesNotContain("\n").hasSizeLessThan(200);
    assertThatIllegalStateException()
        .isThrownBy(() -> provider.open(AspectPolicy.classic(), KernelSettings.DEFAULT))
        .withMessageContaining(probe.reason());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernels.open("cuda", AspectPolicy.classic()))
        .withMessageContaining("'cuda' cannot run here: " + probe.reason());
    try (BatchKernel kernel = Kernels.open("auto", AspectPolicy.classic())) {
      assertThat(kernel.name()).isEqualTo("vector");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 209, 218, 222, 803})
  void aNamedKernelThatNoAttemptCanOpenIsAnImpossibleChoiceAndAutoGoesOn(int code) {
    Kernels kernels = failing(code);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kernels.select("cuda", policy, KernelSettings.DEFAULT))
          .withMessage("no kernel 'cuda': cuModuleLoadDataEx failed: NAME (" + code + ")")
          .withCauseInstanceOf(DeviceException.class);
      try (BatchKernel kernel = kernels.select("auto", policy, KernelSettings.DEFAULT)) {
        assertThat(kernel.name()).isEqualTo("vector");
      }
    }
  }

  @Test
  void aNamedKernelThatHadNoRoomFailsAndMayOpenAnotherTime() {
    Kernels kernels = failing(2);
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> kernels.select("cuda", policy, KernelSettings.DEFAULT));
    try (BatchKernel kernel = kernels.select("auto", policy, KernelSettings.DEFAULT)) {
      assertThat(kernel.name()).isEqualTo("vector");
    }
  }

  /** A device that the probe takes for usable, and that does not open. */
  private static Kernels failing(int code) {
    SharedDevice device =
        new SharedDevice(
            () -> {
              throw DeviceException.failed("cuModuleLoadDataEx", code, "NAME");
            },
            new Properties());
    return new Kernels(
        List.of(
            new CudaKernelProvider(device, () -> Probe.usable("for a test")),
            new VectorKernelProvider()));
  }

  @Test
  void aDeviceThatThisProcessHadAndThatDoesNotOpenAgainIsLostToIt() {
    AtomicInteger openings = new AtomicInteger();
    SharedDevice device =
        new SharedDevice(
            () -> {
              if (openings.incrementAndGet() > 1) {
                throw DeviceException.failed("cuInit", 100, "NAME");
              }
              return new IdleDevice();
            },
            new Properties());
    CudaKernelProvider cuda = new CudaKernelProvider(device, () -> Probe.usable("for a test"));
    cuda.open(policy, KernelSettings.DEFAULT).close();
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> cuda.open(policy, KernelSettings.DEFAULT));
    assertThat(cuda.probe().lost()).isTrue();
    assertThat(openings).hasValue(2);
  }

  @Test
  void theKernelIsKnownByNameAndWantsBatches() {
    assertThat(provider.name()).isEqualTo("cuda");
    assertThat(provider.prefersBatches()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernels.open("abacus", AspectPolicy.classic()))
        .withMessageContaining("auto, cuda, vector, reference");
  }

  @Test
  void theReasonIsOneLineOutOfTheWholeStory() {
    assertThat(
            CudaNatives.words(
                new UnsatisfiedLinkError(
                    "Error while loading native library\n\tat X\njava.lang.UnsatisfiedLinkError:"
                        + " /tmp/x/libJCudaDriver.so: libcuda.so.1: cannot open shared object file\n"
                        + "\tat Y")))
        .isEqualTo("no libcuda.so.1: cannot open shared object file");
    assertThat(CudaNatives.words(new UnsatisfiedLinkError("first\nsecond")))
        .isEqualTo("JCuda does not load: first");
  }
}
