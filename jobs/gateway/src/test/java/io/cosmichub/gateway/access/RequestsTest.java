package io.cosmichub.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String HERE = "192.0.2.1";

  private long nanos = Long.MAX_VALUE - SECOND; // the clock of a JVM may pass this
  private final Requests requests = new Requests(10, () -> nanos);

  @Test
  void asManyAtOnceAsASecondAllowsAndAsManyASecondThen() {
    assertThat(allowed(15, "ada")).isEqualTo(10);
    nanos += SECOND / 10;
    assertThat(allowed(15, "ada")).isEqualTo(1);
    nanos += SECOND / 2;
    assertThat(allowed(15, "ada")).isEqualTo(5);
    nanos += 60 * SECOND;
    assertThat(allowed(15, "ada")).isEqualTo(10);
  }

  @Test
  void aUserAndAnAddressAreCountedForThemselves() {
    assertThat(allowed(15, "ada")).isEqualTo(10);
    assertThat(allowed(15, HERE)).isEqualTo(10);
    assertThat(requests.allows(HERE)).isTrue();
    assertThat(requests.allows(grant("bea"), HERE)).isTrue();
  }

  @Test
  void whereEveryoneMayDoEverythingTheAddressCounts() {
    for (int i = 0; i < 10; i++) {
      assertThat(requests.allows(Grant.OPEN, HERE)).isTrue();
    }
    assertThat(requests.allows(Grant.OPEN, HERE)).isFalse();
    assertThat(requests.allows(HERE)).isFalse();
    assertThat(requests.allows(Grant.OPEN, "192.0.2.2")).isTrue();
  }

  private int allowed(int tries, String user) {
    int allowed = 0;
    for (int i = 0; i < tries; i++) {
      allowed += requests.allows(grant(user), HERE) ? 1 : 0;
    }
    return allowed;
  }

  private static Grant grant(String user) {
    return new Grant(
        user, new Patterns(List.of()), new Patterns(List.of()), false, false, Long.MAX_VALUE);
  }
}
