package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SkyProgressTest {

  @Test
  void aRevisionIsInFlightUntilAPairShowsItOrALaterOne() {
    SkyProgress progress = new SkyProgress(5, 100);
    assertThat(progress.inFlight()).isZero();
    progress.sending(6, 1_000);
    progress.sending(7, 2_000);
    assertThat(progress.inFlight()).isEqualTo(2);
    assertThat(progress.saw(7, 2_500)).isEqualTo(500);
    assertThat(progress.inFlight()).isZero();
    assertThat(progress.saw(6, 2_600)).isEqualTo(1_600);
    assertThat(progress.inFlight()).isZero();
    assertThat(progress.sent()).isEqualTo(7);
  }

  @Test
  void whatWasNotSentHereHasNoLatency() {
    SkyProgress progress = new SkyProgress(5, 100);
    assertThat(progress.saw(5, 10)).isEqualTo(-1);
    assertThat(progress.saw(-1, 10)).isEqualTo(-1);
    assertThat(progress.saw(101, 10)).isEqualTo(-1);
  }

  @Test
  void whoWaitsForRoomIsWokenByWhatIsSeen() throws Exception {
    SkyProgress progress = new SkyProgress(0, 100);
    progress.sending(1, 1);
    progress.sending(2, 2);
    assertThat(progress.awaitFewerInFlight(2, 1, TimeUnit.MILLISECONDS)).isFalse();
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return progress.awaitFewerInFlight(2, 1, TimeUnit.MINUTES);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    progress.saw(1, 3);
    assertThat(waiting.get(1, TimeUnit.MINUTES)).isTrue();
  }
}
