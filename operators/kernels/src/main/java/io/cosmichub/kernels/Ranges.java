package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import java.util.Objects;

/** Checks what callers hand to a kernel, before any of it is touched. */
final class Ranges {

  private Ranges() {}

  static void check(ChartBlock a, ChartBlock b, int from, int to) {
    Objects.checkFromToIndex(from, to, Math.min(a.size(), b.size()));
  }

  static void check(ChartBlock a, int one, ChartBlock many, int from, int to) {
    Objects.checkIndex(one, a.size());
    Objects.checkFromToIndex(from, to, many.size());
  }

  static void check(
      ChartBlock charts,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      AspectPolicy policy,
      Ranking into) {
    Objects.checkFromToIndex(fromRow, toRow, charts.size());
    Objects.checkFromToIndex(fromColumn, toColumn, charts.size());
    if (into.size() != charts.size()) {
      throw new IllegalArgumentException(
          "a ranking of " + into.size() + " charts for " + charts.size());
    }
    into.requireFor(policy);
  }

  /** Refuses a batch whose results would take too much. */
  static void checkRoom(int sets, long bytesOfEach, long memory) {
    if (sets > memory / bytesOfEach) {
      throw new IllegalArgumentException(
          sets
              + " sets take up to "
              + sets * bytesOfEach
              + " bytes; "
              + memory
              + " are allowed: compute them in chunks");
    }
  }

  static void checkMemory(int charts, int best, long memory) {
    long needed = Ranking.bytes(charts, best);
    if (needed > memory) {
      throw new IllegalArgumentException(
          "the "
              + best
              + " best of "
              + charts
              + " charts take "
              + needed
              + " bytes; "
              + memory
              + " are allowed");
    }
  }
}
