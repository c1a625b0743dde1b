package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.model.LinearModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ImportanceTest {
  private static final LinearModel MODEL = new LinearModel(0, new double[] {2, 0});

  @Test
  void everyValueIsDealtToOneRow() {
    for (long seed = 0; seed < 20; seed++) {
      // Where the label is 0 the squared error hangs on the values alone, so whatever way they are
      // dealt its sum stays, unless one is dealt twice and another not at all.
      List<Importance> importance = Importance.of(MODEL, List.of("used", "idle"), rows(0), seed);
      assertThat(importance).allMatch(each -> Math.abs(each.growth()) < 1e-9);
    }
  }

  @Test
  void whatTheModelUsesIsImportantAndWhatItDoesNotIsNot() {
    List<Importance> importance = Importance.of(MODEL, List.of("used", "idle"), rows(2), 1);

    assertThat(importance).extracting(Importance::feature).containsExactly("used", "idle");
    // Twice the variance of 2x, for x and its stand-in are independent.
    assertThat(importance.get(0).growth()).isCloseTo(8, within(1.0));
    assertThat(importance.get(1).growth()).isZero();
  }

  private static List<LabelledPair> rows(double slope) {
    Random random = new Random(7);
    List<LabelledPair> rows = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      float used = (float) random.nextGaussian();
      float[] features = {used, (float) random.nextGaussian()};
      rows.add(new LabelledPair("p" + i, "p" + i, 0, features, 0, slope * used, Double.NaN));
    }
    return rows;
  }
}
