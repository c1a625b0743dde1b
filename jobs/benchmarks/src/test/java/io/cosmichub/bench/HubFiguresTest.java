package io.cosmichub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.bench.Checkpoints.Checkpoint;
import io.cosmichub.bench.Checkpoints.End;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class HubFiguresTest {

  private static final int MICROS = 1_000;

  @Test
  void theUpdateIsHeldAgainstWhatOthersTakeAloneBeforeAndAfterIt() {
    HubFigures figures = figures(100, 130, 120, 4_000, 2);

    assertThat(figures.growth()).isCloseTo(130 / 120.0 - 1, within(0.01));
    assertThat(figures.unwatchingByWatching()).isEqualTo(0.5);
    assertThat(figures.verdicts()).doesNotContain("not reached").contains("the longest took 4.0 s");
  }

  @Test
  void saysWhatIsNotReached() {
    assertThat(figures(100, 130, 100, 4_000, 2).verdicts())
        .contains("not reached: other charts' p99")
        .contains("by 30 %")
        .contains("\nreached: checkpoints")
        .contains("\nreached: unwatching");
    assertThat(figures(100, 100, 100, 5_000, 5).verdicts())
        .startsWith("reached: other charts' p99")
        .contains("not reached: checkpoints")
        .contains("not reached: unwatching is as cheap as watching (it took 1.25 times as long)");
  }

  private static HubFigures figures(
      int before, int during, int after, int checkpointMillis, double unwatching) {
    HubFigures figures = new HubFigures(Map.of());
    Checkpoints none = new Checkpoints(List.of());
    Checkpoints one =
        new Checkpoints(List.of(new Checkpoint(1, 0, checkpointMillis, End.FAILED, 0, 0)));
    figures
        .parts()
        .addAll(
            List.of(
                new HubFigures.Part("alone", 0, 60, none, micros(10)),
                new HubFigures.Part(HubFigures.WATCH, 10, 4, none, micros(500)),
                new HubFigures.Part("alone, all watched", 0, 60, none, micros(before)),
                new HubFigures.Part(HubFigures.UPDATE, 10, 3, one, micros(during)),
                new HubFigures.Part("alone, all updated", 0, 60, none, micros(after)),
                new HubFigures.Part(HubFigures.UNWATCH, 10, unwatching, none, micros(500))));
    return figures;
  }

  /** One hundred records, each this many milliseconds late. */
  private static Histogram micros(int millis) {
    Histogram micros = new Histogram(3);
    micros.recordValueWithCount((long) millis * MICROS, 100);
    return micros;
  }
}
