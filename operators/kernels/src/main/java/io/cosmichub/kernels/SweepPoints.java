package io.cosmichub.kernels;

import io.cosmichub.chart.Body;
import java.util.Arrays;

/** The bodies of a range of charts by ascending longitude. Of one thread. */
final class SweepPoints {

  private final PolicyBodies bodies;
  private final SweepPlan plan;
  private int from;
  private int to = -1;
  private int first;
  private long[] keys = new long[0];
  private double[] longitudes = {Double.POSITIVE_INFINITY};
  private double[] weights = new double[1];
  private int[] places = new int[1];
  private int count;

  SweepPoints(PolicyBodies bodies, SweepPlan plan) {
    this.bodies = bodies;
    this.plan = plan;
  }

  /** The longitude of each, and after the last one infinity. */
  double[] longitudes() {
    return longitudes;
  }

  /** 2w of each. */
  double[] weights() {
    return weights;
  }

  /** The number of the chart of each, counted from the first of the range. */
  int[] charts() {
    return places;
  }

  /** Forgets all: charts may have changed. */
  void clear() {
    to = -1;
  }

  /**
   * From now on those of charts {@code from} to {@code to} without the ones before {@code first}.
   */
  void take(ChartBlock of, int from, int to, int first) {
    if (from != this.from || to != this.to || first < this.first) {
      this.from = from;
      this.to = to;
      lay(of, first);
    } else if (first > this.first) {
      drop(first - from);
    }
    this.first = first;
  }

  private void lay(ChartBlock of, int first) {
    int room = (to - first) * bodies.count();
    if (keys.length < room) {
      keys = new long[room];
      longitudes = new double[room + 1];
      weights = new double[room + 1];
      places = new int[room + 1];
    }
    count = 0;
    for (int chart = first; chart < to; chart++) {
      for (int index = 0; index < bodies.count(); index++) {
        int slot = bodies.slot(index);
        int longitude = of.lines()[chart * Body.COUNT + slot];
        if (longitude != ChartBlock.ABSENT) {
          keys[count++] = (long) longitude << Integer.SIZE | (chart - from) * Body.COUNT + slot;
        }
      }
    }
    Arrays.sort(keys, 0, count);
    for (int point = 0; point < count; point++) {
      int body = (int) keys[point];
      longitudes[point] = keys[point] >> Integer.SIZE;
      weights[point] = plan.weights[body % Body.COUNT];
      places[point] = body / Body.COUNT;
    }
    longitudes[count] = Double.POSITIVE_INFINITY;
  }

  /** Leaves out the charts before {@code place}, without a branch that nobody could foresee. */
  private void drop(int place) {
    int left = 0;
    for (int point = 0; point < count; point++) {
      longitudes[left] = longitudes[point];
      weights[left] = weights[point];
      places[left] = places[point];
      left += places[point] < place ? 0 : 1;
    }
    count = left;
    longitudes[count] = Double.POSITIVE_INFINITY;
  }
}
