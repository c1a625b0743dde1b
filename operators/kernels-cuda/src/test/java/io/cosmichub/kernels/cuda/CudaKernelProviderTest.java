package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider.Probe;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CudaKernelProviderTest {

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
