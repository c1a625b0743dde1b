package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.pair.Served;
import io.cosmichub.score.Areas;
import io.cosmichub.score.RuleScore;
import io.cosmichub.score.RuleScorer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What two charts have with each other, found by plain loops, and how that was served.
 *
 * @param set the aspects with their orbs
 * @param cells the names of the aspects between two bodies, whichever is whose
 * @param tenths the score in tenths
 * @param areas the scores of the areas
 * @param served how it was served when the pair came to stand so; null outside of the experiment
 */
record Standing(
    AspectSet set, Set<String> cells, int tenths, List<Double> areas, @Nullable Served served) {

  private static final long DEGREE = 1_000_000;
  private static final long CIRCLE = 360 * DEGREE;
  private static final List<String> NAMES =
      List.of(
          "conjunction", "sextile", "square", "trine", "opposition", "quincunx", "semi_sextile");
  private static final int[] ANGLES = {0, 60, 90, 120, 180, 150, 30};
  private static final int[] ORBS = {10, 6, 8, 8, 10, 3, 2};
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final RuleScorer SCORER = new RuleScorer(CLASSIC);

  static Standing of(String pairId, Longitudes a, Longitudes b) {
    AspectSet.Builder set = AspectSet.builder();
    Set<String> cells = new TreeSet<>();
    for (int row = 0; row < 10; row++) {
      for (int col = 0; col < 10; col++) {
        if (a.has(row) && b.has(col)) {
          long arc = Math.abs((long) a.at(row) - b.at(col));
          long separation = Math.min(arc, CIRCLE - arc);
          for (int aspect = 0; aspect < ANGLES.length; aspect++) {
            long orb = Math.abs(separation - ANGLES[aspect] * DEGREE);
            if (orb <= ORBS[aspect] * DEGREE) {
              cells.add(name(Math.min(row, col), Math.max(row, col), NAMES.get(aspect)));
              set.put(row, col, Hit.of(code(aspect), (int) orb));
            }
          }
        }
      }
    }
    AspectSet built = set.build();
    RuleScore score = SCORER.score(built);
    Areas areas = score.areas();
    return new Standing(
        built,
        cells,
        (int) Math.rint(10 * score.overall()),
        List.of(
            areas.emotional(),
            areas.communication(),
            areas.physical(),
            areas.spiritual(),
            areas.stability()),
        Trial.served(pairId, built, a, b));
  }

  private static int code(int aspect) {
    return Hit.code(CLASSIC.match((int) (ANGLES[aspect] * DEGREE)));
  }

  private static String name(int low, int high, String aspect) {
    return Body.ofSlot(low).id() + "-" + Body.ofSlot(high).id() + " " + aspect;
  }
}
