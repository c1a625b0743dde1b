package io.cosmichub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.bench.Checkpoints.Checkpoint;
import io.cosmichub.bench.Checkpoints.End;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckpointsTest {

  private final Checkpoints checkpoints =
      new Checkpoints(
          List.of(
              new Checkpoint(1, 1_000, 900, End.DONE, 50, 500),
              new Checkpoint(2, 2_000, 100, End.DONE, 10, 510),
              new Checkpoint(3, 3_000, 4_000, End.FAILED, 0, 0),
              new Checkpoint(4, 8_000, 6_000, End.NONE, 0, 0)));

  @Test
  void theLongestMayHaveFailedOrNotEnded() {
    assertThat(checkpoints.longest()).isEqualTo(Duration.ofSeconds(6));
    assertThat(between(1_000, 7_999).longest()).isEqualTo(Duration.ofSeconds(4));
    assertThat(between(1_000, 2_000).longest()).isEqualTo(Duration.ofMillis(900));
    assertThat(between(4_000, 7_000).longest()).isZero();
  }

  @Test
  void mediansAreOfThoseThatAreDone() {
    assertThat(checkpoints.median(Checkpoint::written)).isEqualTo(30);
    assertThat(between(3_000, 9_000).median(Checkpoint::written)).isNaN();
  }

  @Test
  void saysHowManyDidNotComeToAGoodEnd() {
    assertThat(checkpoints.words()).isEqualTo("4, 1 failed, 1 unfinished");
    assertThat(between(1_000, 2_500).words()).isEqualTo("2");
  }

  private Checkpoints between(long from, long until) {
    return checkpoints.begun(Instant.ofEpochMilli(from), Instant.ofEpochMilli(until));
  }
}
