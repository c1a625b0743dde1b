package io.cosmichub.population.trend;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.window.WindowId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Puts the strongest trends of a window into sentences, one for each aspect between two bodies. */
public final class Insights {

  private static final long HOURS_IN_DAYS = 72;

  private final AspectPolicy policy;
  private final TrendPlan plan;
  private final int most;

  /** At most so many sentences a window. */
  public Insights(AspectPolicy policy, TrendPlan plan, int most) {
    this.policy = policy;
    this.plan = plan;
    this.most = most;
  }

  /** The sentences, the strongest deviation first; none if nothing trends. */
  public List<Insight> of(WindowId window, List<Trend> trends) {
    Set<Integer> said = new HashSet<>();
    return trends.stream()
        .filter(Trend::trending)
        .sorted(
            Comparator.comparingDouble((Trend trend) -> -Math.abs(trend.deviation().z()))
                .thenComparing(trend -> trend.figure().kind())
                .thenComparing(trend -> trend.figure().cell()))
        .filter(trend -> said.add(trend.figure().cell()))
        .limit(most)
        .map(trend -> new Insight(sentence(trend), trend, window))
        .toList();
  }

  private String sentence(Trend trend) {
    Figure figure = trend.figure();
    String what = AspectCell.plural(figure.cell(), policy);
    boolean up = trend.deviation().z() > 0;
    String often = percent(trend) + (up ? "more" : "less") + " often than in " + past(figure);
    return switch (figure.kind()) {
      case HELD ->
          what
              + (up ? " are up " : " are down ")
              + percent(trend)
              + "against "
              + past(figure)
              + rest(trend, "pairs");
      case FORMED -> what + " form " + often + rest(trend, "formed");
      case DISSOLVED -> what + " dissolve " + often + rest(trend, "dissolved");
    };
  }

  private static String percent(Trend trend) {
    double change = Math.abs(trend.change());
    return Double.isInfinite(change) ? "" : String.format(Locale.ROOT, "%.0f%% ", change * 100);
  }

  private String past(Figure figure) {
    return figure.isLunar()
        ? "the same days of the past " + plan.seasons() + " lunar months"
        : "the past " + length(plan.window().multipliedBy(plan.trailing()));
  }

  private static String rest(Trend trend, String unit) {
    return String.format(
        Locale.ROOT, ", z %.1f, %,d %s", trend.deviation().z(), trend.observation().count(), unit);
  }

  private static String length(Duration duration) {
    long hours = duration.toHours();
    if (hours == 0) {
      return duration.toMinutes() + " min";
    }
    return hours % 24 == 0 && hours >= HOURS_IN_DAYS ? hours / 24 + " d" : hours + " h";
  }
}
