package io.cosmichub.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.PairModel;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SampleModelsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "linear",
        "factorization-machine",
        "forest",
        "trained-forest",
        "largest-machine",
        "largest-forest",
        "deeper-forest",
        "deepest-forest"
      })
  void everyKindIsScoredAndAJobTakesIt(String kind) {
    ScoringState state = new ScoringState();
    state.draw();
    ModelScoreBenchmark.Scorer scorer = new ModelScoreBenchmark.Scorer();
    scorer.model = kind;
    scorer.make();

    assertThat(scorer.score(state, 0) == null).isEqualTo(kind.equals("none"));
    PairModel model = SampleModels.of(kind);
    assertThat(model == null ? 0 : model.operations())
        .isLessThanOrEqualTo(ArtifactVerifier.MAX_OPERATIONS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"largest-machine", "largest-forest", "deepest-forest"})
  void theLargestOnesAreNearTheLimit(String kind) {
    assertThat(Objects.requireNonNull(SampleModels.of(kind)).operations())
        .isGreaterThan(ArtifactVerifier.MAX_OPERATIONS * 3 / 4);
  }
}
