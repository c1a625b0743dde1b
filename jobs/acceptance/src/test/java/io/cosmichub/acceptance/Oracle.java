package io.cosmichub.acceptance;

import io.cosmichub.acceptance.Messages.Cell;
import io.cosmichub.acceptance.Messages.Change;
import io.cosmichub.acceptance.Messages.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The scalar rule and the rule-based total of the policy {@code classic}, written once more in the
 * plainest way. Charts are maps from body id to micro-degrees; a body that is not in the map is
 * missing.
 */
final class Oracle {

  private record Rule(String aspect, int angle, int maxOrb, double base) {}

  private static final List<Rule> CLASSIC =
      List.of(
          rule("conjunction", 0, 10, 4),
          rule("sextile", 60, 6, 2),
          rule("square", 90, 8, -2),
          rule("trine", 120, 8, 3),
          rule("opposition", 180, 10, -3),
          rule("quincunx", 150, 3, -1),
          rule("semi_sextile", 30, 2, 1));

  private static final Map<String, Double> WEIGHTS =
      Map.of(
          "sun", 3.0, "moon", 3.0, "venus", 3.0, "mars", 3.0, "mercury", 2.0, "jupiter", 2.0,
          "saturn", 1.5);

  private Oracle() {}

  /** Every aspect that holds between two charts. */
  static Map<Cell, Held> aspects(Map<String, Integer> chartA, Map<String, Integer> chartB) {
    Map<Cell, Held> found = new TreeMap<>();
    for (String bodyA : Bodies.CLASSIC) {
      for (String bodyB : Bodies.CLASSIC) {
        Integer a = chartA.get(bodyA);
        Integer b = chartB.get(bodyB);
        if (a == null || b == null) {
          continue;
        }
        int apart = Math.abs(a - b);
        int separation = Math.min(apart, 360_000_000 - apart);
        for (Rule rule : CLASSIC) {
          int orb = Math.abs(separation - rule.angle);
          if (orb <= rule.maxOrb) {
            found.put(new Cell(bodyA, bodyB), new Held(rule.aspect, orb));
          }
        }
      }
    }
    return found;
  }

  /** The unclamped total of an aspect set, summed in doubles. */
  static double rawTotal(Map<Cell, Held> aspects) {
    double total = 0;
    for (Map.Entry<Cell, Held> entry : aspects.entrySet()) {
      for (Rule rule : CLASSIC) {
        if (rule.aspect.equals(entry.getValue().aspect())) {
          double weight = (weight(entry.getKey().bodyA()) + weight(entry.getKey().bodyB())) / 2;
          total += weight * rule.base * (1 - (double) entry.getValue().orb() / rule.maxOrb);
        }
      }
    }
    return total;
  }

  /** What a delta between two aspect sets must say, in the order of the cells. */
  static List<Change> changes(Map<Cell, Held> before, Map<Cell, Held> after) {
    Set<Cell> cells = new TreeSet<>(before.keySet());
    cells.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (Cell cell : cells) {
      Held old = before.get(cell);
      Held now = after.get(cell);
      if (!Objects.equals(old, now)) {
        String kind =
            old == null
                ? "FORMED"
                : now == null
                    ? "DISSOLVED"
                    : old.aspect().equals(now.aspect()) ? "ORB_CHANGED" : "REPLACED";
        changes.add(new Change(cell, kind, old, now));
      }
    }
    return changes;
  }

  private static double weight(String body) {
    return WEIGHTS.getOrDefault(body, 1.0);
  }

  private static Rule rule(String aspect, int angle, int maxOrb, double base) {
    return new Rule(aspect, angle * 1_000_000, maxOrb * 1_000_000, base);
  }
}
