package io.cosmichub.population.window;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.count.CellCounts;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.PairState;
import io.cosmichub.population.count.Population;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a cohort within a window of event time. Windows merge in any grouping; the
 * population at the end of a window is the sum of {@link #net} over it and all before it. Not
 * thread-safe.
 */
public final class WindowFigures {
  // Layout v1: version | Population net | CellCounts formed, dissolved | sketches of charts, pairs,
  // raw totals; each with its length before it.
  private static final int VERSION = 1;

  private final Population net;
  private final CellCounts formed;
  private final CellCounts dissolved;
  private final Distinct charts;
  private final Distinct pairs;
  private final Quantiles rawTotals;

  /** An empty window. */
  public WindowFigures() {
    this(
        new Population(),
        new CellCounts(AspectCell.COUNT),
        new CellCounts(AspectCell.COUNT),
        new Distinct(),
        new Distinct(),
        new Quantiles());
  }

  private WindowFigures(
      Population net,
      CellCounts formed,
      CellCounts dissolved,
      Distinct charts,
      Distinct pairs,
      Quantiles rawTotals) {
    this.net = net;
    this.formed = formed;
    this.dissolved = dissolved;
    this.charts = charts;
    this.pairs = pairs;
    this.rawTotals = rawTotals;
  }

  /** Takes what became of a pair. */
  public void add(PairChange change) {
    net.apply(change);
    pairs.add(change.pairId());
    PairState after = change.after();
    if (after != null) {
      rawTotals.add(after.score().rawTotal());
    }
    int personA = CellCounts.person(change.chartA());
    int personB = CellCounts.person(change.chartB());
    BitSet before = held(change.before());
    BitSet now = held(after);
    count(now, before, formed, personA, personB);
    count(before, now, dissolved, personA, personB);
  }

  /** Takes what became of a chart. */
  public void add(ChartChange change) {
    net.apply(change);
    charts.add(change.chartId());
  }

  /** By how much the population changed. */
  public Population net() {
    return net;
  }

  /** How often a pair came to hold an aspect, by {@link AspectCell}; a new pair's count too. */
  public CellCounts formed() {
    return formed;
  }

  /** How often a pair ceased to hold an aspect; an ended pair's count too. */
  public CellCounts dissolved() {
    return dissolved;
  }

  /** The charts that changed. */
  public Distinct charts() {
    return charts;
  }

  /** The pairs that changed. */
  public Distinct pairs() {
    return pairs;
  }

  /** The raw totals that were published. */
  public Quantiles rawTotals() {
    return rawTotals;
  }

  /** Adds what another one holds. */
  public void merge(WindowFigures other) {
    net.merge(other.net);
    formed.merge(other.formed);
    dissolved.merge(other.dissolved);
    charts.merge(other.charts);
    pairs.merge(other.pairs);
    rawTotals.merge(other.rawTotals);
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 1 << 14);
    out.putBytes(net.toBytes());
    out.putBytes(formed.toBytes());
    out.putBytes(dissolved.toBytes());
    out.putBytes(charts.toBytes());
    out.putBytes(pairs.toBytes());
    out.putBytes(rawTotals.toBytes());
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static WindowFigures fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("WindowFigures", bytes, VERSION);
    WindowFigures read =
        new WindowFigures(
            Population.fromBytes(in.getBytes()),
            CellCounts.fromBytes(in.getBytes()),
            CellCounts.fromBytes(in.getBytes()),
            Distinct.fromBytes(in.getBytes()),
            Distinct.fromBytes(in.getBytes()),
            Quantiles.fromBytes(in.getBytes()));
    in.end();
    return read;
  }

  private static BitSet held(@Nullable PairState state) {
    return state == null ? new BitSet() : AspectCell.heldBy(state.aspects());
  }

  private static void count(BitSet held, BitSet without, CellCounts into, int a, int b) {
    for (int cell = held.nextSetBit(0); cell >= 0; cell = held.nextSetBit(cell + 1)) {
      if (!without.get(cell)) {
        into.add(cell, 1, a, b);
      }
    }
  }
}
