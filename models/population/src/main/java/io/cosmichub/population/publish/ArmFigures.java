package io.cosmichub.population.publish;

import io.cosmichub.population.count.ArmCounts;
import io.cosmichub.population.count.CellCounts;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.window.WindowId;
import java.util.BitSet;
import java.util.List;

/** What may be published of the arms of experiments. */
final class ArmFigures {
  /*
   * The arms of an experiment, and the pairs that are in none of them, are the parts of all pairs,
   * whose number and mean are published. In an arm, those that a model scored are a part.
   */

  private static final double HUNDREDTHS = 100;
  private static final double TEN_THOUSANDTHS = 10_000;

  private final Anonymity anonymity;
  private final WindowId window;

  ArmFigures(Anonymity anonymity, WindowId window) {
    this.anonymity = anonymity;
    this.window = window;
  }

  /** {@code everyone} counts every pair once. */
  void of(Population level, CellCounts everyone, List<PublishedFigure> out) {
    level
        .experiments()
        .forEach(
            (experiment, ofArms) -> {
              List<String> ids = List.copyOf(ofArms.keySet());
              List<ArmCounts> arms = List.copyOf(ofArms.values());
              CellCounts in = level.inExperiment(experiment);
              int none = arms.size();
              BitSet published =
                  anonymity.parts(
                      none + 1,
                      part -> part == none ? level.pairs() - in.count(0) : arms.get(part).pairs(),
                      part ->
                          part == none ? in.peopleOutside(0, everyone) : arms.get(part).people());
              published.clear(none);
              published.stream()
                  .forEach(
                      part -> of(experiment + " " + ids.get(part), arms.get(part), level, out));
            });
  }

  private void of(String item, ArmCounts arm, Population level, List<PublishedFigure> out) {
    out.add(figure(FigureKind.ARM_MEAN, item, arm.mean(), HUNDREDTHS, arm.pairs(), level.pairs()));
    if (arm.byModel() > 0
        && anonymity.allows(arm.peopleByModel())
        && anonymity.allowsRest(arm.peopleByRules())) {
      out.add(
          figure(
              FigureKind.ARM_MODEL_MEAN,
              item,
              arm.modelMean(),
              TEN_THOUSANDTHS,
              arm.byModel(),
              arm.pairs()));
    }
  }

  /** Rounded, so that what one pair adds to a mean is not to be told from two. */
  private PublishedFigure figure(
      FigureKind kind, String item, double value, double parts, long count, long among) {
    return PublishedFigure.plain(
        window, false, kind, item, Math.rint(value * parts) / parts, count, among);
  }
}
