package io.cosmichub.population.trend;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.count.CellCounts;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.trend.Figure.Kind;
import io.cosmichub.population.window.WindowFigures;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What a closed window leaves to be compared with: its pairs, and the count of every figure. */
public final class WindowCounts {
  /*
   * Layout v1: version | varint pairs | for each kind: varint filled cells, then for each of them
   * varint gap to the one before, varint count
   */
  private static final int VERSION = 1;
  private static final int EXPECTED_BYTES = 1 << 11;
  private static final int[] NOTHING = {};

  private final long pairs;
  private final Map<Kind, int[]> counts;

  private WindowCounts(long pairs, Map<Kind, int[]> counts) {
    this.pairs = pairs;
    this.counts = counts;
  }

  /** Those of a population at the end of a window and of what happened within. */
  public static WindowCounts of(Population atEnd, WindowFigures within) {
    Map<Kind, int[]> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      CellCounts cells = kind.of(atEnd, within);
      int[] ofKind = new int[cells.cells()];
      cells.forEach(
          cell -> ofKind[cell] = (int) Math.max(0, Math.min(Integer.MAX_VALUE, cells.count(cell))));
      counts.put(kind, ofKind);
    }
    return new WindowCounts(Math.max(0, atEnd.pairs()), counts);
  }

  /** How many pairs there were at its end. */
  public long pairs() {
    return pairs;
  }

  /** The count of a figure; 0 of one that it did not have. */
  public int count(Figure figure) {
    int[] ofKind = counts.getOrDefault(figure.kind(), NOTHING);
    return figure.cell() < ofKind.length ? ofKind[figure.cell()] : 0;
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, EXPECTED_BYTES);
    out.putVarLong(pairs);
    for (int[] ofKind : counts.values()) {
      out.putVarLong(Arrays.stream(ofKind).filter(count -> count > 0).count());
      int next = 0;
      for (int cell = 0; cell < ofKind.length; cell++) {
        if (ofKind[cell] > 0) {
          out.putVarLong(cell - next);
          out.putVarLong(ofKind[cell]);
          next = cell + 1;
        }
      }
    }
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static WindowCounts fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("WindowCounts", bytes, VERSION);
    long pairs = in.getVarLong();
    Map<Kind, int[]> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      int[] ofKind = new int[AspectCell.COUNT];
      int next = 0;
      for (int left = in.getVarInt(0, AspectCell.COUNT); left > 0; left--) {
        int cell = next + in.getVarInt(0, AspectCell.COUNT - 1 - next);
        ofKind[cell] = in.getVarInt(1, Integer.MAX_VALUE);
        next = cell + 1;
      }
      counts.put(kind, ofKind);
    }
    in.end();
    return new WindowCounts(pairs, counts);
  }
}
