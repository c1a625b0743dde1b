package io.cosmichub.kernels.guard;

import static io.cosmichub.kernels.guard.Breaker.State.CLOSED;
import static io.cosmichub.kernels.guard.Breaker.State.HALF_OPEN;
import static io.cosmichub.kernels.guard.Breaker.State.OFF;
import static io.cosmichub.kernels.guard.Breaker.State.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BreakerTest {

  private static final long PAUSE = 1_000;

  private final List<Breaker.State> moves = new ArrayList<>();
  private long now = Long.MAX_VALUE - 100;
  private final Breaker breaker = new Breaker(3, Duration.ofNanos(PAUSE), () -> now, moves::add);

  @Test
  void opensAtAFewFailuresInARow() {
    fail(2);
    assertThat(breaker.tryAcquire()).isTrue();
    fail(1);
    assertThat(breaker.state()).isEqualTo(OPEN);
    assertThat(breaker.tryAcquire()).isFalse();
    assertThat(moves).containsExactly(OPEN);
  }

  @Test
  void aSuccessForgetsTheFailuresBefore() {
    fail(2);
    breaker.succeeded();
    fail(2);
    assertThat(breaker.state()).isEqualTo(CLOSED);
    assertThat(moves).isEmpty();
  }

  @Test
  void letsOneCallTryAfterThePauseAndClosesWhenItSucceeds() {
    fail(3);
    now += PAUSE - 1;
    assertThat(breaker.wouldAllow()).isFalse();
    assertThat(breaker.tryAcquire()).isFalse();
    now += 1;
    assertThat(breaker.wouldAllow()).isTrue();
    assertThat(breaker.tryAcquire()).isTrue();
    assertThat(breaker.wouldAllow()).isFalse();
    assertThat(breaker.tryAcquire()).isFalse();
    breaker.succeeded();
    assertThat(breaker.tryAcquire()).isTrue();
    assertThat(moves).containsExactly(OPEN, HALF_OPEN, CLOSED);
    fail(2);
    assertThat(breaker.state()).as("counts from 0 again").isEqualTo(CLOSED);
  }

  @Test
  void aTrialThatFailsBeginsANewPause() {
    fail(3);
    now += PAUSE;
    assertThat(breaker.tryAcquire()).isTrue();
    breaker.failed();
    assertThat(breaker.tryAcquire()).isFalse();
    now += PAUSE - 1;
    assertThat(breaker.tryAcquire()).isFalse();
    now += 1;
    assertThat(breaker.tryAcquire()).isTrue();
    assertThat(moves).containsExactly(OPEN, HALF_OPEN, OPEN, HALF_OPEN);
  }

  @Test
  void theOutcomeOfACallFromBeforeItOpenedChangesNothing() {
    fail(3);
    breaker.succeeded();
    breaker.failed();
    assertThat(breaker.state()).isEqualTo(OPEN);
    now += PAUSE;
    assertThat(breaker.tryAcquire()).isTrue();
  }

  @Test
  void offIsForGood() {
    breaker.switchOff();
    now += 100 * PAUSE;
    breaker.succeeded();
    breaker.failed();
    assertThat(breaker.wouldAllow()).isFalse();
    assertThat(breaker.tryAcquire()).isFalse();
    assertThat(moves).containsExactly(OFF);
  }

  @Test
  void worseStatesHaveLargerCodes() {
    assertThat(List.of(CLOSED.code(), HALF_OPEN.code(), OPEN.code(), OFF.code()))
        .containsExactly(0, 1, 2, 3);
  }

  private void fail(int times) {
    for (int failure = 0; failure < times; failure++) {
      assertThat(breaker.tryAcquire()).isTrue();
      breaker.failed();
    }
  }
}
