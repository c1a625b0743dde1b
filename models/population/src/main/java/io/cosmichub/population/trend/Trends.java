package io.cosmichub.population.trend;

import io.cosmichub.population.count.CellCounts;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.trend.Figure.Kind;
import io.cosmichub.population.window.WindowFigures;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Tests the figures of a window against those of windows before it. */
public final class Trends {
  private final TrendPlan plan;
  private final Anonymity anonymity;
  private final FalseDiscovery discovery;

  /** Tests only what may be published. */
  public Trends(TrendPlan plan, Anonymity anonymity, FalseDiscovery discovery) {
    this.plan = plan;
    this.anonymity = anonymity;
    this.discovery = discovery;
  }

  /**
   * The figures of the window of this number that have enough of a past.
   *
   * @param past the windows before it by {@link TrendPlan#number}; null: there was no such window,
   *     and nothing is compared with it
   */
  public List<Trend> of(
      long number,
      Population atEnd,
      WindowFigures within,
      LongFunction<@Nullable WindowCounts> past) {
    if (atEnd.pairs() <= 0) {
      return List.of();
    }
    List<WindowCounts> trailing = known(plan.trailingOf(number), past);
    List<WindowCounts> samePhase = known(plan.samePhaseAs(number), past);
    List<Trend> tested = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      CellCounts cells = kind.of(atEnd, within);
      BitSet published = anonymity.single(cells);
      for (int cell = published.nextSetBit(0); cell >= 0; cell = published.nextSetBit(cell + 1)) {
        Figure figure = new Figure(kind, cell);
        Observation now = new Observation(cells.count(cell), atEnd.pairs());
        List<WindowCounts> references = figure.isLunar() ? samePhase : trailing;
        Deviation deviation =
            Deviation.of(
                now,
                references.stream()
                    .map(window -> new Observation(window.count(figure), window.pairs()))
                    .toList());
        if (deviation != null) {
          tested.add(new Trend(figure, now, deviation, false));
        }
      }
    }
    return decided(tested);
  }

  private static List<WindowCounts> known(
      LongStream numbers, LongFunction<@Nullable WindowCounts> past) {
    List<WindowCounts> known = new ArrayList<>();
    numbers
        .filter(number -> number >= 0)
        .forEach(
            number -> {
              WindowCounts window = past.apply(number);
              if (window != null && window.pairs() > 0) {
                known.add(window);
              }
            });
    return known;
  }

  private List<Trend> decided(List<Trend> tested) {
    boolean[] believed =
        discovery.believed(tested.stream().mapToDouble(trend -> trend.deviation().p()).toArray());
    List<Trend> decided = new ArrayList<>(tested.size());
    for (int i = 0; i < believed.length; i++) {
      Trend trend = tested.get(i);
      decided.add(new Trend(trend.figure(), trend.observation(), trend.deviation(), believed[i]));
    }
    return List.copyOf(decided);
  }
}
