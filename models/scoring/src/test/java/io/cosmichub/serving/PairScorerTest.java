package io.cosmichub.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.feature.FeatureExtractor;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.PairBatch;
import io.cosmichub.feature.RandomPairs;
import io.cosmichub.model.GoldenModels;
import io.cosmichub.model.LinearModel;
import io.cosmichub.model.PairModel;
import io.cosmichub.pair.Served;
import io.cosmichub.score.Areas;
import io.cosmichub.score.RuleScore;
import io.cosmichub.score.RuleScorer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way that a pair takes through a job: its score by the rules, and that of a model. */
final class PairScorerTest {
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final FeatureSchema SCHEMA = FeatureSchema.ofLongitudes(CLASSIC);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int PAIRS = 100;
  private static final int ROUNDS = 400;

  private final List<Longitudes> a = new ArrayList<>();
  private final List<Longitudes> b = new ArrayList<>();
  private final List<AspectSet> aspects = new ArrayList<>();
  private final PairScorer scorer = new PairScorer(SCHEMA);
  // Results escape, so that none is optimized away.
  private final @Nullable Object[] results = new @Nullable Object[2 * PAIRS];

  PairScorerTest() {
    RandomPairs pairs = new RandomPairs(11);
    for (int i = 0; i < PAIRS; i++) {
      a.add(pairs.chart());
      b.add(pairs.chart());
      aspects.add(RandomPairs.aspects(CLASSIC, a.get(i), b.get(i)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"linear", "logistic", "factorization-machine", "cart", "random-forest", "xgboost"})
  void bothScoresOfAPairAllocateNothingButTheResults(String trainer) throws Exception {
    Choice choice = new Choice("m@1", GoldenModels.model(trainer), "e", "arm", Terms.NONE);
    RuleScorer rules = new RuleScorer(CLASSIC);

    long scored =
        fewest(
            i -> rules.score(aspects.get(i)),
            i -> scorer.score(choice, aspects.get(i), a.get(i), b.get(i)));
    long made =
        fewest(
            i -> new RuleScore(i, i, new Areas(i, i, i, i, i), i, i, i),
            i -> new Served("m@1", i, "e", "arm"));

    assertThat(made).isPositive();
    assertThat(scored).isEqualTo(made);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"linear", "logistic", "factorization-machine", "cart", "random-forest", "xgboost"})
  void aPairAloneIsScoredAsInABatch(String trainer) throws Exception {
    PairModel model = GoldenModels.model(trainer);
    PairBatch batch = new PairBatch(PAIRS);
    for (int i = 0; i < PAIRS; i++) {
      batch.add(aspects.get(i), a.get(i), b.get(i));
    }
    float[] rows = new float[PAIRS * SCHEMA.size()];
    new FeatureExtractor(SCHEMA).extract(batch, rows);
    for (int i = 0; i < PAIRS; i++) {
      assertThat(scorer.score(new Choice("m@1", model), aspects.get(i), a.get(i), b.get(i)))
          .isEqualTo(new Served("m@1", model.predict(rows, i * SCHEMA.size()), "", ""));
    }
  }

  @Test
  void toChooseWhoScoresAndToLeaveItToTheRulesAllocatesNothing() {
    Serving serving =
        Serving.of(
            List.of(
                ServingTest.model("m", 1),
                ServingTest.experiment("e", 0.5, "m"),
                ServingTest.flag("f", 0.5, "m", "")),
            List.of(),
            model -> new LinearModel(0, new double[SCHEMA.size()]),
            scorer::readsSigns);
    String[] ids = new String[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      ids[i] = "p" + i;
    }

    assertThat(
            fewest(
                i -> serving.choose(ids[i], "a", ServingTest.START),
                i -> scorer.score(Choice.RULES, aspects.get(i), a.get(i), b.get(i))))
        .isZero();
  }

  @Test
  void aModelReadsSignsIfItReadsAShareOfThemAndByNothingElse() {
    for (FeatureGroup group : SCHEMA.groups()) {
      assertThat(SCHEMA.indices(group).mapToObj(SCHEMA.names()::get))
          .as(group.id())
          .isNotEmpty()
          .allMatch(
              name ->
                  group
                      == FeatureGroup.BALANCE
                      == (name.startsWith("share.") || name.startsWith("difference.")));
      SCHEMA
          .indices(group)
          .forEach(
              index -> {
                double[] weights = new double[SCHEMA.size()];
                weights[index] = 1;
                PairModel model = new LinearModel(0, weights);
                assertThat(scorer.readsSigns(model)).isEqualTo(group == FeatureGroup.BALANCE);
              });
    }
    assertThat(SCHEMA.indices(FeatureGroup.HOUSES)).isEmpty();
  }

  /** The fewest bytes in a round of all pairs, of many: once the compiler is done with them. */
  private long fewest(IntFunction<@Nullable Object> rules, IntFunction<@Nullable Object> model) {
    long thread = Thread.currentThread().getId();
    long fewest = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      for (int i = 0; i < PAIRS; i++) {
        results[2 * i] = rules.apply(i);
        results[2 * i + 1] = model.apply(i);
      }
      fewest = Math.min(fewest, THREADS.getThreadAllocatedBytes(thread) - before);
    }
    return fewest;
  }
}
