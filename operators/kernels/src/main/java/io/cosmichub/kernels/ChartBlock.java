package io.cosmichub.kernels;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Charts laid out for kernels, numbered from 0. Grows as charts are added and can be cleared and
 * filled again; any number of threads may read it while none writes.
 */
public final class ChartBlock {

  /*
   * Every chart is held twice, 128 bytes in all.
   *
   *   lines    lines[chart * 16 + slot]: a chart in one 512-bit register.
   *   columns  columns[(chart / 16 * 16 + row(slot)) * 16 + chart % 16]: one body of sixteen charts in one register. The rows
   *            have Venus and Mars before Mercury: the bodies of the classic policy then stand by weight.
   *
   * A missing body is ABSENT, far below the circle. Kernels take the absolute value on the side of A: whatever stands on the
   * other side, the distance is then above 640 degrees, and no aspect is near. Lanes beyond the last chart hold anything.
   */

  /** How many charts lie side by side in the columns form. */
  static final int WIDTH = 16;

  /** What stands for a missing body in both forms. */
  static final int ABSENT = -1_000_000_000;

  private static final int[] ROWS = {0, 1, 4, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

  private static final int GROUP = Body.COUNT * WIDTH;

  private int[] lines;
  private int[] columns;
  private int size;

  /** An empty block with room for {@code capacity} charts. */
  public ChartBlock(int capacity) {
    int groups = Math.max(1, groups(capacity));
    lines = new int[groups * GROUP];
    columns = new int[groups * GROUP];
  }

  /** A block of these charts, in their order. */
  public static ChartBlock of(List<Longitudes> charts) {
    ChartBlock block = new ChartBlock(charts.size());
    charts.forEach(block::add);
    return block;
  }

  /** How many charts there are. */
  public int size() {
    return size;
  }

  /** Forgets all charts and keeps the room. */
  public void clear() {
    size = 0;
  }

  /** Adds a chart, whose number is the size before. */
  public void add(Longitudes chart) {
    if (size * Body.COUNT == lines.length) {
      lines = Arrays.copyOf(lines, Math.multiplyExact(lines.length, 2));
      columns = Arrays.copyOf(columns, lines.length);
    }
    write(size, chart);
    size++;
  }

  /** Replaces chart {@code number}. */
  public void set(int number, Longitudes chart) {
    write(Objects.checkIndex(number, size), chart);
  }

  /** Chart {@code number}. */
  public Longitudes at(int number) {
    int line = Objects.checkIndex(number, size) * Body.COUNT;
    int[] slots = Arrays.copyOfRange(lines, line, line + Body.COUNT);
    for (int slot = 0; slot < Body.COUNT; slot++) {
      slots[slot] = slots[slot] == ABSENT ? MicroDegrees.ABSENT : slots[slot];
    }
    return Longitudes.of(slots);
  }

  /** The bytes that the block holds, room for more charts included. */
  public long bytes() {
    return 4L * (lines.length + columns.length);
  }

  /**
   * For kernels: puts charts {@code from} to {@code to} into a buffer, sixteen longitudes each by
   * ascending slot; −1,000,000,000 stands for a missing body.
   */
  public void copy(int from, int to, IntBuffer into) {
    Objects.checkFromToIndex(from, to, size);
    into.put(lines, from * Body.COUNT, (to - from) * Body.COUNT);
  }

  int[] lines() {
    return lines;
  }

  int[] columns() {
    return columns;
  }

  /** Where the group of {@code number} starts in {@link #columns}. */
  static int group(int number) {
    return number / WIDTH * GROUP;
  }

  /** The row of a slot within a group of {@link #columns}. */
  static int row(int slot) {
    return ROWS[slot];
  }

  /** Writes a chart as it stands in {@link #lines}. */
  static void line(Longitudes chart, int[] into) {
    for (int slot = 0; slot < Body.COUNT; slot++) {
      into[slot] = held(chart.at(slot));
    }
  }

  private static int held(int longitude) {
    return longitude == MicroDegrees.ABSENT ? ABSENT : longitude;
  }

  private void write(int number, Longitudes chart) {
    int line = number * Body.COUNT;
    int column = group(number) + number % WIDTH;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      int value = held(chart.at(slot));
      lines[line + slot] = value;
      columns[column + row(slot) * WIDTH] = value;
    }
  }

  private static int groups(int charts) {
    return (charts + WIDTH - 1) / WIDTH;
  }
}
