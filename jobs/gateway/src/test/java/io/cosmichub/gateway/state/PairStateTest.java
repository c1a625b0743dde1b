package io.cosmichub.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.SynastryReader;
import io.cosmichub.score.RuleScore;
import org.junit.jupiter.api.Test;

final class PairStateTest {
  private static final AspectSet SET =
      AspectSet.builder().put(0, 0, AspectPolicy.classic().match(0)).build();

  @Test
  void aPairGoesOnToWhatItHasNotPassed() {
    PairState now = alive(5, 3, 4, true);
    assertThat(alive(6, 3, 5, true).mayFollow(now)).isTrue();
    assertThat(alive(5, 4, 5, true).mayFollow(now)).isTrue();
    assertThat(alive(5, 3, 5, true).mayFollow(now)).isTrue(); // a chart's revision may stay
    assertThat(alive(4, 3, 3, true).mayFollow(now)).isFalse();
    assertThat(alive(5, 3, 4, true).mayFollow(now)).isFalse();
    assertThat(ended(5, 3, 5).mayFollow(now)).isTrue();
  }

  @Test
  void aSetWhoseScoreIsNotThereYetTakesNoScoreAway() {
    PairState scored = alive(5, 3, 4, true);
    PairState unscored = alive(5, 3, 4, false);
    assertThat(unscored.mayFollow(scored)).isFalse();
    assertThat(scored.mayFollow(unscored)).isTrue();
    assertThat(alive(6, 3, 5, false).mayFollow(scored)).isTrue();
  }

  @Test
  void afterAnEndComesOnlyWhatMayBeAnotherLife() {
    PairState end = ended(5, 3, 4);
    assertThat(alive(4, 3, 2, true).mayFollow(end)).isFalse();
    assertThat(alive(5, 3, 3, true).mayFollow(end)).isFalse();
    assertThat(ended(5, 3, 4).mayFollow(end)).isFalse();
    assertThat(ended(5, 3, 3).mayFollow(end)).isFalse();
    assertThat(alive(5, 3, 1, true).mayFollow(end)).isTrue();
    assertThat(alive(1, 1, 0, true).mayFollow(end)).isTrue(); // an erased chart begins anew
    assertThat(alive(6, 3, 2, true).mayFollow(end)).isTrue();
    assertThat(alive(5, 3, 4, true).mayFollow(end)).isTrue();
  }

  private static PairState alive(long revisionA, long revisionB, long sequence, boolean scored) {
    SynastryReader.Score score =
        new SynastryReader.Score(
            "p",
            revisionA,
            revisionB,
            RuleScore.of(SET, AspectPolicy.classic()),
            "rules/classic@1",
            null);
    return new PairState(
        "p", "a", "b", revisionA, revisionB, sequence, null, SET, scored ? score : null, false);
  }

  private static PairState ended(long revisionA, long revisionB, long sequence) {
    return new PairState(
        "p", "a", "b", revisionA, revisionB, sequence, null, AspectSet.EMPTY, null, true);
  }
}
