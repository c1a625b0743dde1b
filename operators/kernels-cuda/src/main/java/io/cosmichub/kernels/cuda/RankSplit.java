package io.cosmichub.kernels.cuda;

/**
 * How rows against columns are cut: rows of a launch, and columns of one block among them.
 *
 * @param rows rows of a launch
 * @param columns columns of a split, a multiple of the threads of a block
 * @param splits how many
 */
record RankSplit(int rows, int columns, int splits) {

  /** The bytes of a kept partner: its score and its number. */
  static final int PARTNER = Long.BYTES + Integer.BYTES;

  /**
   * What the lists of a launch take at most, however much memory there is: places in them are ints,
   * and so is the power of two that holds them.
   */
  static final long MOST_BYTES = 1L << 30;

  /**
   * Pairs, from both sides, of one launch: well below a second, so that others get their turn and
   * no watchdog barks.
   */
  private static final long PAIRS_A_LAUNCH = 1L << 32;

  /**
   * Rows and splits such that the lists of a launch take about {@code memory} bytes at most, and no
   * more than {@link #MOST_BYTES}, and that there are {@code blocks} blocks or more, if there is as
   * much to do.
   */
  static RankSplit of(int allRows, int allColumns, int places, long memory, int blocks) {
    long list = (long) PARTNER * places + Integer.BYTES;
    long lists = Math.min(memory, MOST_BYTES) / list;
    long most = Math.min(lists, PAIRS_A_LAUNCH / Math.max(1, allColumns));
    long whole = Math.max(1, most / Device.THREADS) * Device.THREADS;
    int rows = (int) Math.min(Math.max(1, allRows), whole);
    long rowBlocks = blocks(rows);
    long wanted = (blocks + rowBlocks - 1) / rowBlocks;
    long fit = Math.min(blocks(allColumns), lists / rows);
    long splits = Math.max(1, Math.min(wanted, fit));
    int columns = (int) Math.max(1, blocks((allColumns + splits - 1) / splits)) * Device.THREADS;
    return new RankSplit(rows, columns, Math.max(1, (allColumns + columns - 1) / columns));
  }

  private static long blocks(long threads) {
    return (threads + Device.THREADS - 1) / Device.THREADS;
  }

  /** The bytes of all lists of a launch. */
  long bytes(int places) {
    return ((long) PARTNER * places + Integer.BYTES) * rows * splits;
  }
}
