package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.Assignment;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.feature.FeatureExtractor;
import io.cosmichub.feature.PairBatch;
import io.cosmichub.model.PairModel;
import io.cosmichub.pair.Served;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.given.Models;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An experiment on four pairs in five, from the beginning of time on: the rules, and a model. */
final class Trial {

  private static final long SEED = 1;
  private static final PairModel MODEL = Models.linear(SEED);
  private static final ExperimentDefinition DEFINITION =
      new ExperimentDefinition(
          "trial",
          "salt",
          ExperimentDefinition.Unit.PAIR,
          List.of(new Arm("control", 1), new Arm("model", 1)),
          0.8,
          "rating",
          0.02,
          List.of(),
          Instant.EPOCH,
          Instant.EPOCH.plus(Duration.ofDays(365)));
  private static final Assignment ASSIGNMENT = new Assignment(DEFINITION);

  /** What a job is told of it. */
  static final List<Control> CONTROLS =
      List.of(
          Models.announce("m", 1, SEED),
          new Control.Experiment(1, DEFINITION, Map.of("model", "m")));

  private Trial() {}

  /** How a pair is served; null where it takes no part. */
  static @Nullable Served served(String pairId, AspectSet set, Longitudes a, Longitudes b) {
    Arm arm = ASSIGNMENT.arm(pairId);
    if (arm == null) {
      return null;
    }
    return arm.id().equals("model")
        ? new Served("m@1", answer(set, a, b), DEFINITION.id(), arm.id())
        : new Served("", 0, DEFINITION.id(), arm.id());
  }

  private static double answer(AspectSet set, Longitudes a, Longitudes b) {
    PairBatch batch = new PairBatch(1).add(set, a, b);
    float[] row = new float[Models.SCHEMA.size()];
    new FeatureExtractor(Models.SCHEMA).extract(batch, row);
    return MODEL.predict(row, 0);
  }
}
