package io.cosmichub.population.shape;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds named figures under a policy, with its orbs: in one chart, or across the two charts of a
 * pair, where each body counts as a point of one circle. Of a figure that lies within a larger one
 * that holds it by definition (a T-square in a grand cross, a grand trine in a kite), only the
 * larger is named. Immutable and thread-safe.
 */
public final class ShapeFinder {

  private static final int POINTS = 2 * Body.COUNT;
  private static final int LEAST_OF_STELLIUM = 3;

  private final AspectPolicy policy;
  private final int conjunction;
  private final int sextile;
  private final int square;
  private final int trine;
  private final int quincunx;
  private final int opposition;

  /** {@link IllegalArgumentException} unless the policy has the six aspects of figures. */
  public ShapeFinder(AspectPolicy policy) {
    this.policy = policy;
    conjunction = code("conjunction");
    sextile = code("sextile");
    square = code("square");
    trine = code("trine");
    quincunx = code("quincunx");
    opposition = code("opposition");
  }

  /** The figures of one chart, by kind. */
  public List<Shape> inChart(Longitudes chart) {
    return find(chart, Longitudes.NONE);
  }

  /** The figures of a pair that take both charts, by kind. */
  public List<Shape> across(Longitudes a, Longitudes b) {
    return find(a, b).stream().filter(Shape::isShared).toList();
  }

  private List<Shape> find(Longitudes a, Longitudes b) {
    Web web = new Web(a, b);
    List<Shape> found = new ArrayList<>();
    List<Shape> kites = new ArrayList<>();
    for (Shape grandTrine : web.grandTrines()) {
      List<Shape> around = web.kites(grandTrine);
      kites.addAll(around);
      if (around.isEmpty()) {
        found.add(grandTrine);
      }
    }
    List<Shape> crosses = web.grandCrosses();
    for (Shape tSquare : web.apexed(ShapeKind.T_SQUARE, opposition, square)) {
      if (crosses.stream().noneMatch(tSquare::isWithin)) {
        found.add(tSquare);
      }
    }
    found.addAll(web.apexed(ShapeKind.YOD, sextile, quincunx));
    found.addAll(crosses);
    found.addAll(kites);
    found.addAll(web.stellia());
    return found;
  }

  private int code(String id) {
    Aspect aspect = policy.aspectOfId(id);
    if (aspect == null) {
      throw new IllegalArgumentException(policy + " has no " + id);
    }
    return aspect.code();
  }

  /** By aspect and point, the points that hold it with that point; A's points come first. */
  private final class Web {
    private final int[][] linked = new int[AspectPolicy.MAX_ASPECTS + 1][POINTS];
    private final int[] at = new int[POINTS];
    private int present;

    Web(Longitudes a, Longitudes b) {
      for (int slot = 0; slot < Body.COUNT; slot++) {
        put(slot, slot, a);
        put(Body.COUNT + slot, slot, b);
      }
      for (int left = present; left != 0; left &= left - 1) {
        int point = Integer.numberOfTrailingZeros(left);
        for (int right = left & (left - 1); right != 0; right &= right - 1) {
          int other = Integer.numberOfTrailingZeros(right);
          int code = Hit.code(policy.match(MicroDegrees.separation(at[point], at[other])));
          linked[code][point] |= 1 << other;
          linked[code][other] |= 1 << point;
        }
      }
    }

    private void put(int point, int slot, Longitudes chart) {
      if (chart.has(slot) && (policy.bodyMask() >> slot & 1) != 0) {
        at[point] = chart.at(slot);
        present |= 1 << point;
      }
    }

    List<Shape> grandTrines() {
      List<Shape> found = new ArrayList<>();
      int[] trines = linked[trine];
      for (int p = 0; p < POINTS; p++) {
        for (int q : points(above(trines[p], p))) {
          for (int r : points(above(trines[p] & trines[q], q))) {
            found.add(Shape.of(ShapeKind.GRAND_TRINE, 1 << p | 1 << q | 1 << r));
          }
        }
      }
      return found;
    }

    /** A fourth point stands opposite one of the three; there may be several. */
    List<Shape> kites(Shape grandTrine) {
      int three = grandTrine.ofB() << Body.COUNT | grandTrine.ofA();
      List<Shape> found = new ArrayList<>();
      for (int head : points(three)) {
        int tails = linked[opposition][head];
        for (int side : points(three & ~(1 << head))) {
          tails &= linked[sextile][side];
        }
        for (int tail : points(tails)) {
          found.add(Shape.of(ShapeKind.KITE, three | 1 << tail));
        }
      }
      return found;
    }

    /** Two points joined by one aspect, and a third joined with both by another. */
    List<Shape> apexed(ShapeKind kind, int base, int legs) {
      List<Shape> found = new ArrayList<>();
      for (int p = 0; p < POINTS; p++) {
        for (int q : points(above(linked[base][p], p))) {
          for (int apex : points(linked[legs][p] & linked[legs][q])) {
            found.add(Shape.of(kind, 1 << p | 1 << q | 1 << apex));
          }
        }
      }
      return found;
    }

    /** {@code p} is the lowest point, {@code r} the lower one of the other opposition. */
    List<Shape> grandCrosses() {
      List<Shape> found = new ArrayList<>();
      for (int p = 0; p < POINTS; p++) {
        for (int q : points(above(linked[opposition][p], p))) {
          int squares = above(linked[square][p] & linked[square][q], p);
          for (int r : points(squares)) {
            for (int s : points(above(squares & linked[opposition][r], r))) {
              found.add(Shape.of(ShapeKind.GRAND_CROSS, 1 << p | 1 << q | 1 << r | 1 << s));
            }
          }
        }
      }
      return found;
    }

    /** From each point forward as far as a conjunction reaches; groups within others left out. */
    List<Shape> stellia() {
      int reach = policy.aspect(conjunction).maxOrb();
      List<Shape> found = new ArrayList<>();
      for (int first : points(present)) {
        int group = 0;
        for (int point : points(present)) {
          group |= MicroDegrees.forward(at[first], at[point]) <= reach ? 1 << point : 0;
        }
        Shape shape = Shape.of(ShapeKind.STELLIUM, group);
        if (shape.size() >= LEAST_OF_STELLIUM && found.stream().noneMatch(shape::isWithin)) {
          found.removeIf(smaller -> smaller.isWithin(shape));
          found.add(shape);
        }
      }
      return found;
    }

    private int above(int mask, int point) {
      return point == POINTS - 1 ? 0 : mask & (-1 << (point + 1));
    }

    private int[] points(int mask) {
      int[] points = new int[Integer.bitCount(mask)];
      int rest = mask;
      for (int i = 0; i < points.length; i++) {
        points[i] = Integer.numberOfTrailingZeros(rest);
        rest &= rest - 1;
      }
      return points;
    }
  }
}
