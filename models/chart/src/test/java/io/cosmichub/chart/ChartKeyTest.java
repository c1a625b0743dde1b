package io.cosmichub.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChartKeyTest {
  @Test
  void aKeyIsTheFirst128BitsOfTheKeyedHash() {
    // RFC 4231, test case 2.
    byte[] secret = "Jefe".getBytes(StandardCharsets.UTF_8);
    assertThat(ChartKey.of(secret, "what do ya want for nothing?"))
        .isEqualTo("W9zBRr9gdU5qBCQmCJV1xw");
  }

  @Test
  void oneHasherServesManyIdsAndKeysDependOnTheSecret() {
    byte[] secret = {1, 2, 3};
    ChartKey keys = new ChartKey(secret);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String key = keys.of("person-" + i);
      assertThat(key).hasSize(22).matches("[A-Za-z0-9_-]+");
      assertThat(ChartKey.of(secret, "person-" + i)).isEqualTo(key);
      assertThat(ChartKey.of(new byte[] {3, 2, 1}, "person-" + i)).isNotEqualTo(key);
      seen.add(key);
    }
    assertThat(seen).hasSize(1_000);
  }

  @Test
  void anEmptySecretIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChartKey(new byte[0]));
  }
}
