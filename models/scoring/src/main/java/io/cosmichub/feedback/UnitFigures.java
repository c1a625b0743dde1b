package io.cosmichub.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The figures of a unit in its experiments: of each kind of feedback the mean of what was given
 * since it was exposed, and before that as what was known of it before.
 */
public final class UnitFigures {

  /** What stands in for the earlier figure of a unit that has none; any constant would do. */
  public static final int NO_PRIOR = Metric.WHOLE / 2;

  private UnitFigures() {}

  /** What changes in the sums when a unit becomes another; of the experiments of {@code after}. */
  public static List<Contribution> between(UnitRecord before, UnitRecord after) {
    List<Contribution> changes = new ArrayList<>();
    for (UnitTrial trial : after.trials()) {
      Map<String, Sums> now = figures(trial, after);
      Map<String, Sums> then =
          before.trials().stream()
              .filter(each -> each.experiment().equals(trial.experiment()))
              .filter(each -> each.version() == trial.version())
              .findAny()
              .map(each -> figures(each, before))
              .orElse(Map.of());
      TreeSet<String> metrics = new TreeSet<>(now.keySet());
      metrics.addAll(then.keySet());
      for (String metric : metrics) {
        Sums change =
            now.getOrDefault(metric, Sums.NONE).minus(then.getOrDefault(metric, Sums.NONE));
        if (!change.equals(Sums.NONE)) {
          changes.add(
              new Contribution(trial.experiment(), trial.version(), trial.arm(), metric, change));
        }
      }
    }
    return changes;
  }

  /**
   * That a unit said something just now, to each experiment for which that counts and which has not
   * heard of the unit {@link Voices#ONCE a while}; never taken back. {@code before} is the unit
   * before, {@code now} the time at which it came in.
   */
  public static List<Contribution> heard(UnitRecord before, Feedback given, long now) {
    List<Contribution> heard = new ArrayList<>();
    if (given.at() > now - Voices.FRESH && given.at() < now + Voices.FRESH) {
      for (UnitTrial trial : before.trials()) {
        if (trial.covers(given.at()) && !hasSpoken(before, trial, given.at())) {
          heard.add(
              new Contribution(
                  trial.experiment(), trial.version(), trial.arm(), Metric.HEARD, Sums.of(0, 0)));
        }
      }
    }
    return heard;
  }

  private static boolean hasSpoken(UnitRecord unit, UnitTrial trial, long about) {
    return unit.feedback().stream()
        .anyMatch(
            each ->
                trial.covers(each.at())
                    && each.at() > about - Voices.ONCE
                    && each.at() < about + Voices.ONCE);
  }

  /** The figures of a unit in one experiment, by metric. */
  static Map<String, Sums> figures(UnitTrial trial, UnitRecord unit) {
    Map<String, Sums> figures = new TreeMap<>();
    figures.put(Metric.ASSIGNED, Sums.of(0, 0));
    Map<String, Mean> since = new TreeMap<>();
    Map<String, Mean> before = new TreeMap<>();
    for (UnitFeedback each : unit.feedback()) {
      if (trial.covers(each.at())) {
        since.computeIfAbsent(each.kind(), kind -> new Mean()).add(each.value());
      } else if (each.at() < trial.first()) {
        before.computeIfAbsent(each.kind(), kind -> new Mean()).add(each.value());
      }
    }
    figures.put(Metric.FEEDBACK_RATE, Sums.of(since.isEmpty() ? 0 : Metric.WHOLE, 0));
    since.forEach(
        (kind, mean) -> {
          Mean prior = before.get(kind);
          figures.put(kind, Sums.of(mean.value(), prior == null ? NO_PRIOR : prior.value()));
        });
    return figures;
  }

  /** The mean of values, to the nearest millionth. */
  private static final class Mean {
    private long count;
    private long sum;

    void add(int value) {
      count++;
      sum += value;
    }

    long value() {
      return (2 * sum + count) / (2 * count);
    }
  }
}
