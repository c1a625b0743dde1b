package io.cosmichub.streaming.population;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.pair.Served;
import io.cosmichub.population.publish.FigureKind;
import io.cosmichub.population.publish.PublishedFigure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The figures of a window, counted at once by plain loops over what became of everything. */
final class Recount {

  private static final List<String> SIGNS =
      List.of(
          "aries",
          "taurus",
          "gemini",
          "cancer",
          "leo",
          "virgo",
          "libra",
          "scorpio",
          "sagittarius",
          "capricorn",
          "aquarius",
          "pisces");
  private static final List<String> ELEMENTS = List.of("fire", "earth", "air", "water");
  private static final List<String> MODALITIES = List.of("cardinal", "fixed", "mutable");
  private static final List<String> AREAS =
      List.of("emotional", "communication", "physical", "spiritual", "stability");

  private final Map<String, Long> held = new HashMap<>();
  private final Map<String, Long> formed = new HashMap<>();
  private final Map<String, Long> dissolved = new HashMap<>();
  private final Map<String, Long> inArm = new HashMap<>();
  private final Map<String, Long> byModel = new HashMap<>();
  private final Map<String, Double> ofRules = new HashMap<>();
  private final Map<String, Double> ofModel = new HashMap<>();
  private final long[] tenths = new long[1_001];
  private final double[] areas = new double[AREAS.size()];
  private final long[][] signs = new long[Body.COUNT][SIGNS.size()];
  private final double[] cosines = new double[Body.COUNT];
  private final double[] sines = new double[Body.COUNT];
  private final Set<String> activePairs = new HashSet<>();
  private final Set<String> activeCharts = new HashSet<>();
  private long pairs;
  private long charts;
  private long changes;

  /** The level of what is in {@code level}, and what happened of what is in {@code within}. */
  Recount(List<Fact> facts, Predicate<Fact> level, Predicate<Fact> within) {
    for (Fact fact : facts) {
      if (level.test(fact)) {
        Fact.Turn<Standing> pair = fact.pair();
        Fact.Turn<Longitudes> chart = fact.chart();
        add(pair == null ? null : pair.before(), -1);
        add(pair == null ? null : pair.after(), 1);
        add(chart == null ? null : chart.before(), -1);
        add(chart == null ? null : chart.after(), 1);
      }
      if (within.test(fact)) {
        happened(fact);
      }
    }
  }

  private void add(@Nullable Standing pair, int times) {
    if (pair != null) {
      pairs += times;
      pair.cells().forEach(cell -> held.merge(cell, (long) times, Long::sum));
      tenths[pair.tenths()] += times;
      for (int area = 0; area < areas.length; area++) {
        areas[area] += times * pair.areas().get(area);
      }
      Served served = pair.served();
      if (served != null) {
        String arm = served.experiment() + " " + served.arm();
        inArm.merge(arm, (long) times, Long::sum);
        ofRules.merge(arm, times * pair.tenths() / 10.0, Double::sum);
        byModel.merge(arm, served.hasModel() ? (long) times : 0, Long::sum);
        ofModel.merge(arm, times * served.score(), Double::sum);
      }
    }
  }

  private void add(@Nullable Longitudes chart, int times) {
    if (chart != null) {
      charts += times;
      for (int slot = 0; slot < Body.COUNT; slot++) {
        if (chart.has(slot)) {
          double degrees = chart.at(slot) / 1e6;
          signs[slot][(int) (degrees / 30)] += times;
          cosines[slot] += times * Math.cos(Math.toRadians(degrees));
          sines[slot] += times * Math.sin(Math.toRadians(degrees));
        }
      }
    }
  }

  private void happened(Fact fact) {
    Fact.Turn<Standing> pair = fact.pair();
    if (pair == null) {
      activeCharts.add(fact.id());
      return;
    }
    activePairs.add(fact.id());
    changes++;
    Set<String> before = cells(pair.before());
    Set<String> after = cells(pair.after());
    for (String cell : after) {
      if (!before.contains(cell)) {
        formed.merge(cell, 1L, Long::sum);
      }
    }
    for (String cell : before) {
      if (!after.contains(cell)) {
        dissolved.merge(cell, 1L, Long::sum);
      }
    }
  }

  private static Set<String> cells(@Nullable Standing pair) {
    return pair == null ? Set.of() : pair.cells();
  }

  /** Whether the level is the same to a whole number. */
  boolean hasLevelOf(Recount other) {
    held.values().removeIf(count -> count == 0);
    other.held.values().removeIf(count -> count == 0);
    inArm.values().removeIf(count -> count == 0);
    other.inArm.values().removeIf(count -> count == 0);
    return pairs == other.pairs
        && charts == other.charts
        && held.equals(other.held)
        && inArm.equals(other.inArm)
        && Arrays.equals(tenths, other.tenths)
        && Arrays.deepEquals(signs, other.signs);
  }

  /** What a figure is that does not say what counting gives; empty if it does. */
  String fault(PublishedFigure figure) {
    String item = figure.item().replaceFirst("^" + Steps.ARM + " ?", "");
    String[] words = item.split(" ", 2);
    FigureKind kind = figure.kind();
    return switch (kind) {
      case PAIRS -> whole(figure, pairs, 0);
      case CHARTS -> whole(figure, charts, 0);
      case HELD -> share(figure, held.getOrDefault(item, 0L), pairs);
      case FORMED -> whole(figure, formed.getOrDefault(item, 0L), 0);
      case DISSOLVED -> whole(figure, dissolved.getOrDefault(item, 0L), 0);
      case SCORE_QUANTILE -> number(figure, quantile(Double.parseDouble(item)), 0, pairs);
      case SCORE_MEAN -> number(figure, mean(), 0.005, pairs);
      case AREA_MEAN -> number(figure, areas[AREAS.indexOf(item)] / pairs, 0.005, pairs);
      case SCORE_BIN -> share(figure, bin(Integer.parseInt(item.split("-", 2)[0])), pairs);
      case SIGN -> share(figure, inSigns(words[0], words[1], SIGNS), having(words[0]));
      case ELEMENT -> share(figure, inSigns(words[0], words[1], ELEMENTS), having(words[0]));
      case MODALITY -> share(figure, inSigns(words[0], words[1], MODALITIES), having(words[0]));
      case MEAN -> {
        double off = Math.abs(figure.value() - direction(item)) % 360;
        yield figure.count() == having(item) && Math.min(off, 360 - off) <= 0.0501 ? "" : "mean";
      }
      case CONCENTRATION -> number(figure, length(item), 0.005, having(item));
      case CHARTS_ACTIVE -> whole(figure, activeCharts.size(), 0);
      case PAIRS_ACTIVE -> whole(figure, activePairs.size(), 0);
      case CHANGES -> whole(figure, changes, figure.among() == 0 ? 0 : pairs);
      case ARM_MEAN -> mean(figure, 0.005, ofRules, inArm, pairs);
      case ARM_MODEL_MEAN -> mean(figure, 0.00005, ofModel, byModel, inArm.getOrDefault(item, 0L));
    };
  }

  private static String mean(
      PublishedFigure figure,
      double rounded,
      Map<String, Double> sums,
      Map<String, Long> counts,
      long among) {
    long count = counts.getOrDefault(figure.item(), 0L);
    double mean = sums.getOrDefault(figure.item(), 0.0) / count;
    return figure.among() == among ? number(figure, mean, rounded, count) : "of another number";
  }

  private static String whole(PublishedFigure figure, long count, long among) {
    return figure.value() == count && figure.count() == count && figure.among() == among
        ? ""
        : figure.value() + " is not " + count;
  }

  private static String share(PublishedFigure figure, long count, long among) {
    return figure.count() == count
            && figure.among() == among
            && figure.value() == (double) count / among
        ? ""
        : figure.count() + " of " + figure.among() + " is not " + count + " of " + among;
  }

  private static String number(PublishedFigure figure, double value, double rounded, long count) {
    return figure.count() == count && Math.abs(figure.value() - value) <= rounded + 1e-6
        ? ""
        : figure.value() + " is not " + value;
  }

  private double mean() {
    double sum = 0;
    for (int tenth = 0; tenth < tenths.length; tenth++) {
      sum += tenths[tenth] * tenth / 10.0;
    }
    return sum / pairs;
  }

  /** The lowest score that enough pairs do not exceed. */
  private double quantile(double rank) {
    long below = 0;
    for (int tenth = 0; tenth < tenths.length; tenth++) {
      below += tenths[tenth];
      if (below >= rank * pairs) {
        return tenth / 10.0;
      }
    }
    return 100;
  }

  private long bin(int from) {
    long count = 0;
    for (int tenth = 10 * from; tenth < 10 * (from + 5) + (from == 95 ? 1 : 0); tenth++) {
      count += tenths[tenth];
    }
    return count;
  }

  /** Signs in a row belong to one after another of the groups, over and over. */
  private long inSigns(String body, String group, List<String> groups) {
    long count = 0;
    for (int sign = groups.indexOf(group); sign < SIGNS.size(); sign += groups.size()) {
      count += signs[slot(body)][sign];
    }
    return count;
  }

  private long having(String body) {
    return Arrays.stream(signs[slot(body)]).sum();
  }

  private double direction(String body) {
    return (Math.toDegrees(Math.atan2(sines[slot(body)], cosines[slot(body)])) + 360) % 360;
  }

  private double length(String body) {
    return Math.hypot(sines[slot(body)], cosines[slot(body)]) / having(body);
  }

  private static int slot(String body) {
    return Objects.requireNonNull(Body.ofId(body)).slot();
  }
}
