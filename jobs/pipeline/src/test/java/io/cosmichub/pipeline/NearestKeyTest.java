package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestKeyTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, '', 3",
    "kernal, kernel, 1",
    "sitting, kitten, 3",
    "flaw, lawn, 2"
  })
  void countsTheFewestEdits(String a, String b, int edits) {
    assertThat(NearestKey.edits(a, b)).isEqualTo(edits);
    assertThat(NearestKey.edits(b, a)).isEqualTo(edits);
  }

  @ParameterizedTest
  @CsvSource({"cosmichub.kernle", "kernel", "kernal"})
  void findsTheKeyWithOrWithoutItsPrefix(String typed) {
    assertThat(NearestKey.to(typed, List.of("cosmichub.job.name", "cosmichub.kernel")))
        .isEqualTo("cosmichub.kernel");
  }
}
