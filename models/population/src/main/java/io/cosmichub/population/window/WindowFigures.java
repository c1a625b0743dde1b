package io.cosmichub.population.window;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.count.CellCounts;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.Population;

/**
 * What happened to a cohort within a window of event time. Windows merge in any grouping; the
 * population at the end of a window is the sum of {@link #net} over it and all before it. Not
 * thread-safe.
 */
public final class WindowFigures {
  // Layout v2 (v1 had sketches of DataSketches): version | Population net | CellCounts formed,
  // dissolved, changes | Distinct charts, pairs; each with its length before it.
  private static final int VERSION = 2;

  private static final int ONLY = 0;

  private final Population net;
  private final CellCounts formed;
  private final CellCounts dissolved;
  private final CellCounts changes;
  private final Distinct charts;
  private final Distinct pairs;

  /** An empty window. */
  public WindowFigures() {
    this(
        new Population(),
        new CellCounts(AspectCell.COUNT),
        new CellCounts(AspectCell.COUNT),
        new CellCounts(1),
        new Distinct(),
        new Distinct());
  }

  private WindowFigures(
      Population net,
      CellCounts formed,
      CellCounts dissolved,
      CellCounts changes,
      Distinct charts,
      Distinct pairs) {
    this.net = net;
    this.formed = formed;
    this.dissolved = dissolved;
    this.changes = changes;
    this.charts = charts;
    this.pairs = pairs;
  }

  /** Takes what became of a pair. */
  public void add(PairChange change) {
    int personA = CellCounts.person(change.chartA());
    int personB = CellCounts.person(change.chartB());
    net.apply(
        change,
        personA,
        personB,
        (cell, times) -> (times > 0 ? formed : dissolved).add(cell, 1, personA, personB));
    changes.add(ONLY, 1, personA, personB);
    pairs.add(change.pairId());
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

  /** The same without {@link #net}; counts are shared. */
  public WindowFigures happened() {
    return new WindowFigures(new Population(), formed, dissolved, changes, charts, pairs);
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

  /** How often a pair changed, in one cell. */
  public CellCounts changes() {
    return changes;
  }

  /** Adds what another one holds. */
  public void merge(WindowFigures other) {
    net.merge(other.net);
    formed.merge(other.formed);
    dissolved.merge(other.dissolved);
    changes.merge(other.changes);
    charts.merge(other.charts);
    pairs.merge(other.pairs);
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 1 << 14);
    out.putBytes(net.toBytes());
    out.putBytes(formed.toBytes());
    out.putBytes(dissolved.toBytes());
    out.putBytes(changes.toBytes());
    out.putBytes(charts.toBytes());
    out.putBytes(pairs.toBytes());
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
            CellCounts.fromBytes(in.getBytes()),
            Distinct.fromBytes(in.getBytes()),
            Distinct.fromBytes(in.getBytes()));
    in.end();
    return read;
  }
}
