package io.cosmichub.population.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ShapeFinderTest {

  private static final ShapeFinder FINDER = new ShapeFinder(AspectPolicy.classic());
  private static final int SUN = Body.SUN.bit();
  private static final int MOON = Body.MOON.bit();
  private static final int MARS = Body.MARS.bit();
  private static final int PLUTO = Body.PLUTO.bit();

  @Test
  void aGrandTrineIsThreeTrinesAcrossTheSeam() {
    assertThat(FINDER.inChart(chart(355, 118, -1, -1, 238)))
        .containsExactly(new Shape(ShapeKind.GRAND_TRINE, SUN | MOON | MARS, 0));
    // One trine is 8.1 degrees off.
    assertThat(FINDER.inChart(chart(355, 118, -1, -1, 243.1))).isEmpty();
  }

  @Test
  void aTSquareHasItsApexInSquareWithBothEnds() {
    assertThat(FINDER.inChart(chart(10, 192, -1, -1, 101)))
        .containsExactly(new Shape(ShapeKind.T_SQUARE, SUN | MOON | MARS, 0));
  }

  @Test
  void aYodPointsAtItsApex() {
    assertThat(FINDER.inChart(chart(0, 60, -1, -1, 210)))
        .containsExactly(new Shape(ShapeKind.YOD, SUN | MOON | MARS, 0));
    assertThat(FINDER.inChart(chart(0, 60, -1, -1, 206.9))).isEmpty();
  }

  @Test
  void aGrandCrossIsNotFourTSquares() {
    assertThat(FINDER.inChart(chart(0, 90, -1, -1, 181, -1, -1, -1, -1, 272)))
        .containsExactly(new Shape(ShapeKind.GRAND_CROSS, SUN | MOON | MARS | PLUTO, 0));
  }

  @Test
  void aKiteIsNotAGrandTrineBesides() {
    assertThat(FINDER.inChart(chart(0, 120, -1, -1, 240, -1, -1, -1, -1, 181)))
        .containsExactly(new Shape(ShapeKind.KITE, SUN | MOON | MARS | PLUTO, 0));
  }

  @Test
  void aStelliumIsTheWholeGroup() {
    assertThat(FINDER.inChart(chart(356, 1, -1, -1, 359, -1, -1, -1, -1, 6)))
        .containsExactly(new Shape(ShapeKind.STELLIUM, SUN | MOON | MARS | PLUTO, 0));
    assertThat(FINDER.inChart(chart(356, 6.1, -1, -1, 359))).isEmpty();
  }

  @Test
  void twoChartsMakeAFigureThatNeitherHas() {
    Longitudes a = chart(0, 120);
    Longitudes b = chart(-1, -1, -1, -1, 240);

    assertThat(FINDER.inChart(a)).isEmpty();
    assertThat(FINDER.inChart(b)).isEmpty();
    assertThat(FINDER.across(a, b))
        .containsExactly(new Shape(ShapeKind.GRAND_TRINE, SUN | MOON, MARS));
    assertThat(FINDER.across(b, a))
        .containsExactly(new Shape(ShapeKind.GRAND_TRINE, MARS, SUN | MOON));
  }

  @Test
  void whatOneChartHasAloneIsNotAcross() {
    Longitudes alone = chart(0, 120, -1, -1, 240);

    assertThat(FINDER.across(alone, chart(47))).isEmpty();
    assertThat(FINDER.across(alone, Longitudes.NONE)).isEmpty();
  }

  @Test
  void bodiesThatThePolicyLeavesOutMakeNoFigure() {
    Longitudes chart =
        chart(0, 120)
            .with(Body.ASCENDANT.slot(), 240_000_000)
            .with(Body.VERTEX.slot(), 240_000_000);

    assertThat(FINDER.inChart(chart)).isEmpty();
  }

  @Test
  void findsWhatTryingEveryThreeAndFourPointsFinds() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Longitudes a = random(random);
      Longitudes b = random(random);

      assertThat(new HashSet<>(FINDER.across(a, b)))
          .as("seed %d", seed)
          .isEqualTo(tried(a, b))
          .hasSameSizeAs(FINDER.across(a, b));
    }
  }

  private static Set<Shape> tried(Longitudes a, Longitudes b) {
    List<Integer> at = new ArrayList<>();
    List<Integer> point = new ArrayList<>();
    for (int slot = 0; slot < 10; slot++) {
      for (int side = 0; side < 2; side++) {
        Longitudes chart = side == 0 ? a : b;
        if (chart.has(slot)) {
          at.add(chart.at(slot));
          point.add(side * 16 + slot);
        }
      }
    }
    Set<Shape> found = new HashSet<>();
    int n = at.size();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          if (i == j || j == k || i == k) {
            continue;
          }
          int mask = 1 << point.get(i) | 1 << point.get(j) | 1 << point.get(k);
          boolean trines = is(at, i, j, 120) && is(at, j, k, 120) && is(at, i, k, 120);
          if (trines) {
            found.add(Shape.of(ShapeKind.GRAND_TRINE, mask));
          }
          if (is(at, i, j, 180) && is(at, i, k, 90) && is(at, j, k, 90)) {
            found.add(Shape.of(ShapeKind.T_SQUARE, mask));
          }
          if (is(at, i, j, 60) && is(at, i, k, 150) && is(at, j, k, 150)) {
            found.add(Shape.of(ShapeKind.YOD, mask));
          }
          for (int l = 0; l < n; l++) {
            if (l == i || l == j || l == k) {
              continue;
            }
            int four = mask | 1 << point.get(l);
            if (trines && is(at, i, l, 180) && is(at, j, l, 60) && is(at, k, l, 60)) {
              found.add(Shape.of(ShapeKind.KITE, four));
            }
            if (is(at, i, j, 180)
                && is(at, k, l, 180)
                && is(at, i, k, 90)
                && is(at, i, l, 90)
                && is(at, j, k, 90)
                && is(at, j, l, 90)) {
              found.add(Shape.of(ShapeKind.GRAND_CROSS, four));
            }
          }
        }
      }
    }
    Set<Shape> smaller = new HashSet<>();
    for (Shape shape : found) {
      for (Shape larger : found) {
        boolean holds =
            (shape.kind() == ShapeKind.T_SQUARE && larger.kind() == ShapeKind.GRAND_CROSS)
                || (shape.kind() == ShapeKind.GRAND_TRINE && larger.kind() == ShapeKind.KITE);
        if (holds && shape.isWithin(larger)) {
          smaller.add(shape);
        }
      }
    }
    found.removeAll(smaller);
    stellia(at, point, found);
    found.removeIf(shape -> !shape.isShared());
    return found;
  }

  /** Largest groups whose bodies lie within ten degrees: each group is tried from each start. */
  private static void stellia(List<Integer> at, List<Integer> point, Set<Shape> found) {
    Set<Shape> groups = new HashSet<>();
    for (int start : at) {
      int mask = 0;
      for (int i = 0; i < at.size(); i++) {
        int arc = (at.get(i) - start + 360_000_000) % 360_000_000;
        mask |= arc <= 10_000_000 ? 1 << point.get(i) : 0;
      }
      groups.add(Shape.of(ShapeKind.STELLIUM, mask));
    }
    for (Shape group : groups) {
      boolean largest =
          groups.stream().noneMatch(other -> !other.equals(group) && group.isWithin(other));
      if (largest && group.size() >= 3) {
        found.add(group);
      }
    }
  }

  private static boolean is(List<Integer> at, int i, int j, int angle) {
    int arc = Math.abs(at.get(i) - at.get(j));
    arc = Math.min(arc, 360_000_000 - arc);
    int orb =
        switch (angle) {
          case 60 -> 6;
          case 90, 120 -> 8;
          case 150 -> 3;
          default -> 10;
        };
    return Math.abs(arc - angle * 1_000_000) <= orb * 1_000_000;
  }

  private static Longitudes random(Random random) {
    Longitudes chart = Longitudes.NONE;
    for (int slot = 0; slot < 10; slot++) {
      if (random.nextInt(10) > 0) {
        // Whole degrees near multiples of thirty: figures are frequent, and orbs are met exactly.
        int degrees = random.nextInt(12) * 30 + random.nextInt(9) - 4;
        chart = chart.with(slot, Math.floorMod(degrees, 360) * 1_000_000);
      }
    }
    return chart;
  }

  private static Longitudes chart(double... degrees) {
    Longitudes chart = Longitudes.NONE;
    for (int slot = 0; slot < degrees.length; slot++) {
      if (degrees[slot] >= 0) {
        chart = chart.with(slot, (int) Math.rint(degrees[slot] * 1e6));
      }
    }
    return chart;
  }
}
