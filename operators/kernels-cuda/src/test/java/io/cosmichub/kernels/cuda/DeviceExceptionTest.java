package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceExceptionTest {

  @ParameterizedTest
  @ValueSource(ints = {4, 46, 214, 220, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999})
  void afterTheseTheContextIsLost(int code) {
    DeviceException failed = DeviceException.failed("cuStreamSynchronize", code, "NAME");
    assertThat(failed.poisons()).isTrue();
    assertThat(failed).hasMessageContaining("NAME (" + code + ")").hasMessageContaining("lost");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100, 200, 201, 209, 218, 222, 304, 400, 500, 600, 701, 801})
  void afterTheseItIsNot(int code) {
    assertThat(DeviceException.failed("cuMemAlloc", code, "NAME").poisons()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {34, 35, 100, 101, 200, 209, 218, 221, 222, 223, 300, 301, 500, 803, 804})
  void aDeviceThatDidNotOpenWithTheseNeverWill(int code) {
    assertThat(DeviceException.failed("cuModuleLoadDataEx", code, "NAME").lasts()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {DeviceException.NO_STATUS, 1, 2, 3, 46, 201, 304, 700, 802, 999})
  void aDeviceThatDidNotOpenWithTheseMayAnotherTime(int code) {
    assertThat(DeviceException.failed("cuCtxCreate", code, "NAME").lasts()).isFalse();
  }

  @Test
  void aFailureKnowsItsOperationAndStatusWhereverItIsSeen() {
    DeviceException seen = DeviceException.failed("cuMemAlloc", 2, "OUT_OF_MEMORY").seenByCaller();
    assertThat(seen.operation()).isEqualTo("cuMemAlloc");
    assertThat(seen.code()).isEqualTo(2);
    assertThat(seen.codeName()).isEqualTo("OUT_OF_MEMORY");
    assertThat(seen)
        .hasMessage("cuMemAlloc failed: OUT_OF_MEMORY (2)")
        .hasCauseInstanceOf(DeviceException.class);
  }
}
