package io.cosmichub.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What was observed from second to second while the demo ran, and what follows from it. */
final class Course {

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double WINDOW_SECONDS = 10;
  private static final double MINUTE_SECONDS = 60;
  private static final int FEWEST_FOR_A_TREND = 10;
  private static final double GROWTH = 1.5;
  private static final long NOISE = 20;

  private record Observation(long nanoTime, long cpuNanos, Figures figures, long lag) {}

  private final Histogram latencies = new Histogram(3);
  private final List<Observation> observations = new ArrayList<>();

  /**
   * Notes what holds at a time of {@link System#nanoTime}, and the processor time used up to it.
   */
  void add(long nanoTime, long cpuNanos, Figures figures, long lag, Histogram latenciesSinceLast) {
    observations.add(new Observation(nanoTime, cpuNanos, figures, lag));
    latencies.add(latenciesSinceLast);
  }

  /** Update to live in microseconds, over the whole course. */
  Histogram latencies() {
    return latencies;
  }

  /** Seconds between the first and the last observation. */
  double seconds() {
    return observations.isEmpty() ? 0 : seconds(0, observations.size() - 1);
  }

  /** Pairs recomputed a second over the whole course. */
  double recomputesPerSecond() {
    return observations.size() < 2 ? 0 : rate(0, observations.size() - 1);
  }

  /** The fewest pairs a second in any ten seconds; over the whole course if it was shorter. */
  double slowestTenSeconds() {
    double slowest = recomputesPerSecond();
    for (int from = 0, to = 0; to < observations.size(); to++) {
      while (seconds(from + 1, to) >= WINDOW_SECONDS) {
        from++;
      }
      if (seconds(from, to) >= WINDOW_SECONDS) {
        slowest = Math.min(slowest, rate(from, to));
      }
    }
    return slowest;
  }

  /** The most pairs a second over any whole minute; over the whole course if it was shorter. */
  double bestMinute() {
    double best = 0;
    for (int from = 0, to = 0; to < observations.size(); to++) {
      while (seconds(from + 1, to) >= MINUTE_SECONDS) {
        from++;
      }
      if (seconds(from, to) >= MINUTE_SECONDS) {
        best = Math.max(best, rate(from, to));
      }
    }
    return best == 0 ? recomputesPerSecond() : best;
  }

  /** How many processor cores this process kept busy. */
  double cores() {
    int last = observations.size() - 1;
    return last < 1
        ? 0
        : (observations.get(last).cpuNanos() - observations.get(0).cpuNanos())
            / NANOS_PER_SECOND
            / seconds(0, last);
  }

  /** The lag seen last. */
  long lag() {
    return observations.isEmpty() ? 0 : observations.get(observations.size() - 1).lag();
  }

  /** Whether the lag of the second half is clearly above that of the first one. */
  boolean lagGrowing() {
    int middle = observations.size() / 2;
    if (observations.size() < FEWEST_FOR_A_TREND) {
      return false;
    }
    double before = meanLag(0, middle);
    double after = meanLag(middle, observations.size());
    return after > GROWTH * before && after > before + NOISE;
  }

  private double meanLag(int from, int to) {
    return observations.subList(from, to).stream().mapToLong(Observation::lag).average().orElse(0);
  }

  private double seconds(int from, int to) {
    return from > to
        ? 0
        : (observations.get(to).nanoTime() - observations.get(from).nanoTime()) / NANOS_PER_SECOND;
  }

  private double rate(int from, int to) {
    return (observations.get(to).figures().pairsRecomputed()
            - observations.get(from).figures().pairsRecomputed())
        / seconds(from, to);
  }
}
