package io.cosmichub.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PoliciesTest {
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final int TEN = CLASSIC.bodyMask();
  private static final Aspect TRINE =
      new Aspect(4, "trine", 120_000_000, 12_000_000, Nature.HARMONIOUS, 5);

  @Test
  void aCandidateMayLeaveAspectsOutAndSetOrbsBasesAndWeights() {
    AspectPolicy trines = policy("trines", TEN, TRINE);
    Policies policies = new Policies(CLASSIC, trines);
    assertThat(policies.candidate()).isSameAs(trines);
    assertThat(policies.has("trines")).isTrue();
    assertThat(policies.has("classic")).isTrue();
    assertThat(policies.has("novel")).isFalse();
    assertThat(policies.isCandidate("classic")).isFalse();
    assertThat(policies).hasToString("classic and trines");
    assertThat(new Policies(CLASSIC, null)).hasToString("classic");
  }

  @Test
  void aCandidateWithOtherCodesNamesAnglesOrBodiesIsRefused() {
    refused(policy("c", TEN, new Aspect(8, "novile", 40_000_000, 1, Nature.NEUTRAL, 1)), "novile");
    refused(policy("c", TEN, new Aspect(9, "trine", 120_000_000, 1, Nature.NEUTRAL, 1)), "code 9");
    refused(policy("c", TEN, new Aspect(4, "trine", 119_000_000, 1, Nature.NEUTRAL, 1)), "angle");
    refused(policy("c", TEN | 1 << 10, TRINE), "bodies");
    refused(policy("classic", TEN, TRINE), "classic");
  }

  @Test
  void definitionsDifferWhereverPoliciesDo() {
    AspectPolicy trines = policy("trines", TEN, TRINE);
    double[] weights = new double[16];
    weights[3] = 0.5;
    assertThat(
            List.of(
                trines.definition(),
                policy("others", TEN, TRINE).definition(),
                policy("trines", 1, TRINE).definition(),
                policy(
                        "trines",
                        TEN,
                        new Aspect(4, "trine", 120_000_000, 12_000_001, Nature.HARMONIOUS, 5))
                    .definition(),
                policy(
                        "trines",
                        TEN,
                        new Aspect(4, "trine", 120_000_000, 12_000_000, Nature.HARMONIOUS, 5.5))
                    .definition(),
                policy(
                        "trines",
                        TEN,
                        new Aspect(4, "trine", 120_000_000, 12_000_000, Nature.NEUTRAL, 5))
                    .definition(),
                AspectPolicy.of("trines", List.of(TRINE), TEN, weights).definition()))
        .doesNotHaveDuplicates();
    assertThat(policy("trines", TEN, TRINE).definition()).isEqualTo(trines.definition());
  }

  private static void refused(AspectPolicy candidate, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policies(CLASSIC, candidate))
        .withMessageContaining(why);
  }

  private static AspectPolicy policy(String id, int bodies, Aspect... aspects) {
    return AspectPolicy.of(id, List.of(aspects), bodies, new double[16]);
  }
}
