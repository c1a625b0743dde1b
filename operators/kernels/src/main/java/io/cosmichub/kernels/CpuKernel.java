package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What both forms of the CPU kernel do with all against all, tile by tile on all threads. The forms
 * rank the rows.
 */
abstract class CpuKernel extends CpuPairs {

  /** Rows of a block of all against all that a thread takes at a time. */
  private static final int STRIP = 64;

  private final RankingShares shares;
  private @Nullable ScreenPlan screenPlan;

  CpuKernel(AspectPolicy policy, KernelSettings settings) {
    super(policy, settings);
    shares = new RankingShares(threads, settings.memory());
  }

  @Override
  public final Ranking rank(ChartBlock charts, int best, Progress progress) {
    whole.require();
    Ranges.checkMemory(charts.size(), best, memory());
    Tiles tiles = new Tiles(charts, progress);
    return share(charts, best, tiles, into -> rankTiles(tiles, into));
  }

  @Override
  public final Ranking best(ChartBlock charts, int best, Progress progress) {
    whole.require();
    Ranges.checkMemory(charts.size(), best, memory());
    ScreenPlan plan = screenPlan();
    if (!plan.exists()) {
      return rank(charts, best, progress).withoutHistogram();
    }
    char[] entries = ScreenTable.entries(plan, bodies, charts);
    Tiles tiles = Tiles.ofLongRows(charts, progress);
    return share(
            charts,
            best,
            tiles,
            into -> new BestRows(this, plan, charts, entries).take(tiles, into))
        .withoutHistogram();
  }

  private Ranking share(ChartBlock charts, int best, Tiles tiles, Consumer<Ranking> work) {
    Ranking ranking = new Ranking(charts.size(), best, bodies.cells());
    shares.take(ranking, tiles.count(), work);
    return ranking;
  }

  /** Made when it is first asked for: most kernels never are. */
  private synchronized ScreenPlan screenPlan() {
    ScreenPlan made = screenPlan;
    if (made == null) {
      made = new ScreenPlan(policy, bodies, whole);
      screenPlan = made;
    }
    return made;
  }

  @Override
  public final void rank(
      ChartBlock charts, int fromRow, int toRow, int fromColumn, int toColumn, Ranking into) {
    whole.require();
    Ranges.check(charts, fromRow, toRow, fromColumn, toColumn, policy(), into);
    int width = Tiles.width(toColumn - fromColumn);
    int strips = (toRow - fromRow + STRIP - 1) / STRIP;
    int tasks = strips * ((toColumn - fromColumn + width - 1) / width);
    AtomicInteger next = new AtomicInteger();
    shares.take(
        into,
        threads.split((long) (toRow - fromRow) * (toColumn - fromColumn)) ? tasks : 1,
        own -> {
          TileRanker ranker = tileRanker();
          for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
            int row = fromRow + task % strips * STRIP;
            int column = fromColumn + task / strips * width;
            int endOfColumns = Math.min(column + width, toColumn);
            ranker.rank(charts, row, Math.min(row + STRIP, toRow), column, endOfColumns, own);
          }
        });
  }

  private void rankTiles(Tiles tiles, Ranking into) {
    TileRanker ranker = tileRanker();
    for (int tile = tiles.next(); tile >= 0; tile = tiles.next()) {
      ranker.rank(
          tiles.charts(),
          tiles.rows(tile),
          tiles.endOfRows(tile),
          tiles.columns(tile),
          tiles.endOfColumns(tile),
          into);
      tiles.done(tile);
    }
  }

  /** Takes the scores of chart {@code a}, those of b being totals[b − first], into a ranking. */
  static void keep(int a, int first, int from, int to, long[] totals, Ranking into) {
    for (int b = from; b < to; b++) {
      into.count(totals[b - first]);
      into.offerBoth(a, b, totals[b - first]);
    }
  }

  /** What the calling thread ranks tiles with, in one call. */
  TileRanker tileRanker() {
    return (charts, fromRow, toRow, fromColumn, toColumn, into) -> {
      for (int a = fromRow; a < Math.min(toRow, toColumn); a++) {
        rankRow(charts, a, Math.max(fromColumn, a + 1), toColumn, into);
      }
    };
  }

  /** Takes the scores of chart {@code a} with charts {@code from} to {@code to} into a ranking. */
  abstract void rankRow(ChartBlock charts, int a, int from, int to, Ranking into);
}
