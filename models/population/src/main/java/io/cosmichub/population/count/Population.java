package io.cosmichub.population.count;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import io.cosmichub.pair.Served;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The exact figures of a cohort: a sum over what happened, so that the same changes give the same
 * figures in any order, merged in any grouping, and what dissolved, closed or was erased leaves
 * every one of them. Not thread-safe.
 */
public final class Population {
  // Layout v1: version | zig-zag pairs | CellCounts aspects | ChartCounts | varint arms | for each:
  // string arm, ScoreCounts. Layout v2, written only where pairs are in experiments: the same |
  // varint experiments | for each: string, varint arms | for each: string, ArmCounts.
  private static final int WITHOUT_EXPERIMENTS = 1;
  private static final int WITH_EXPERIMENTS = 2;

  private final CellCounts aspects;
  private final ChartCounts charts;
  private final SortedMap<String, ScoreCounts> arms = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, ArmCounts>> experiments = new TreeMap<>();
  private long pairs;

  /** Nobody. */
  public Population() {
    this(new CellCounts(AspectCell.COUNT), new ChartCounts());
  }

  private Population(CellCounts aspects, ChartCounts charts) {
    this.aspects = aspects;
    this.charts = charts;
  }

  /** Follows a pair. */
  public void apply(PairChange change) {
    int personA = CellCounts.person(change.chartA());
    int personB = CellCounts.person(change.chartB());
    apply(change, personA, personB, (cell, times) -> {});
  }

  /**
   * The same by one who knows the two people as {@link CellCounts#person} numbers them; {@code too}
   * is told of every turn as well.
   */
  public void apply(PairChange change, int personA, int personB, AspectCell.Turn too) {
    change.turns(
        (cell, times) -> {
          aspects.add(cell, times, personA, personB);
          too.accept(cell, times);
        });
    add(change.before(), -1, personA, personB);
    add(change.after(), 1, personA, personB);
  }

  /** Follows a chart. */
  public void apply(ChartChange change) {
    Longitudes before = change.before();
    Longitudes after = change.after();
    if (before != null && after != null) {
      charts.replace(before, after);
    } else if (before != null) {
      charts.add(before, -1);
    } else if (after != null) {
      charts.add(after, 1);
    }
  }

  /** How many pairs there are. */
  public long pairs() {
    return pairs;
  }

  /** How many pairs hold each aspect, by {@link AspectCell}. */
  public CellCounts aspects() {
    return aspects;
  }

  /** Signs, and where bodies stand. */
  public ChartCounts charts() {
    return charts;
  }

  /** The scores by arm; arms without a pair are left out. */
  public Map<String, ScoreCounts> arms() {
    dropEmpty();
    return Collections.unmodifiableMap(arms);
  }

  /** The arms of each experiment that a pair is in, by their ids. */
  public SortedMap<String, SortedMap<String, ArmCounts>> experiments() {
    dropEmpty();
    return Collections.unmodifiableSortedMap(experiments);
  }

  /** The pairs that are in any arm of an experiment, in one cell. */
  public CellCounts inExperiment(String experiment) {
    CellCounts pairs = new CellCounts(1);
    SortedMap<String, ArmCounts> known = experiments.get(experiment);
    if (known != null) {
      known.values().forEach(arm -> arm.addTo(pairs));
    }
    return pairs;
  }

  private ArmCounts arm(String experiment, String arm) {
    return experiments
        .computeIfAbsent(experiment, fresh -> new TreeMap<>())
        .computeIfAbsent(arm, fresh -> new ArmCounts());
  }

  /** Adds what another one holds. */
  public void merge(Population other) {
    pairs += other.pairs;
    aspects.merge(other.aspects);
    charts.merge(other.charts);
    other.arms.forEach(
        (arm, scores) -> arms.computeIfAbsent(arm, fresh -> new ScoreCounts()).merge(scores));
    other.experiments.forEach(
        (experiment, ofArms) ->
            ofArms.forEach((arm, counts) -> arm(experiment, arm).merge(counts)));
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    dropEmpty();
    int version = experiments.isEmpty() ? WITHOUT_EXPERIMENTS : WITH_EXPERIMENTS;
    LayoutWriter out = new LayoutWriter(version, 1 << 12);
    out.putZigZag(pairs);
    out.putBytes(aspects.toBytes());
    out.putBytes(charts.toBytes());
    out.putVarLong(arms.size());
    arms.forEach(
        (arm, scores) -> {
          out.putString(arm);
          out.putBytes(scores.toBytes());
        });
    if (version == WITH_EXPERIMENTS) {
      out.putVarLong(experiments.size());
      experiments.forEach((experiment, ofArms) -> write(experiment, ofArms, out));
    }
    return out.toBytes();
  }

  private static void write(
      String experiment, SortedMap<String, ArmCounts> ofArms, LayoutWriter out) {
    out.putString(experiment);
    out.putVarLong(ofArms.size());
    ofArms.forEach(
        (arm, counts) -> {
          out.putString(arm);
          out.putBytes(counts.toBytes());
        });
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static Population fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("Population", bytes, WITHOUT_EXPERIMENTS, WITH_EXPERIMENTS);
    long pairs = in.getZigZag();
    CellCounts aspects = CellCounts.fromBytes(in.getBytes());
    if (aspects.cells() != AspectCell.COUNT) {
      throw in.broken("another number of cells");
    }
    Population read = new Population(aspects, ChartCounts.fromBytes(in.getBytes()));
    read.pairs = pairs;
    for (int left = in.getVarInt(0, Integer.MAX_VALUE); left > 0; left--) {
      read.arms.put(in.getString(), ScoreCounts.fromBytes(in.getBytes()));
    }
    if (in.version() == WITH_EXPERIMENTS) {
      for (int left = in.getVarInt(0, Integer.MAX_VALUE); left > 0; left--) {
        SortedMap<String, ArmCounts> ofArms = new TreeMap<>();
        read.experiments.put(in.getString(), ofArms);
        for (int more = in.getVarInt(0, Integer.MAX_VALUE); more > 0; more--) {
          ofArms.put(in.getString(), ArmCounts.fromBytes(in.getBytes()));
        }
      }
    }
    in.end();
    return read;
  }

  private void add(@Nullable PairState state, int times, int personA, int personB) {
    if (state != null) {
      pairs += times;
      arms.computeIfAbsent(state.arm(), fresh -> new ScoreCounts())
          .add(state.score(), times, personA, personB);
      Served served = state.inArm();
      if (served != null) {
        arm(served.experiment(), served.arm()).add(state.score(), served, times, personA, personB);
      }
    }
  }

  private void dropEmpty() {
    arms.values().removeIf(ScoreCounts::isEmpty);
    if (!experiments.isEmpty()) {
      experiments.values().forEach(ofArms -> ofArms.values().removeIf(ArmCounts::isEmpty));
      experiments.values().removeIf(Map::isEmpty);
    }
  }
}
