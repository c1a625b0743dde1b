package io.cosmichub.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The threads that share the tiles of all against all, each with a ranking of its own. */
final class RankingPool {

  private final KernelSettings settings;
  private final ExecutorService pool;

  RankingPool(KernelSettings settings) {
    this.settings = settings;
    pool =
        Executors.newFixedThreadPool(
            settings.threads(),
            work -> {
              Thread thread = new Thread(work, "cosmichub-kernel");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * What all threads together found, as many of them as there are tiles and memory for; {@code
   * empty} makes a ranking of {@code bytes}, {@code work} takes tiles until none is left.
   */
  Ranking share(Tiles tiles, long bytes, Supplier<Ranking> empty, BiConsumer<Tiles, Ranking> work) {
    int threads =
        (int) Math.min(Math.min(settings.threads(), settings.memory() / bytes), tiles.count());
    Ranking ranking = empty.get();
    List<Future<Ranking>> others = new ArrayList<>();
    for (int thread = 1; thread < threads; thread++) {
      Ranking share = empty.get();
      others.add(
          pool.submit(
              () -> {
                work.accept(tiles, share);
                return share;
              }));
    }
    work.accept(tiles, ranking);
    for (Future<Ranking> other : others) {
      ranking.merge(join(other));
    }
    return ranking;
  }

  private static Ranking join(Future<Ranking> share) {
    try {
      return share.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ranking", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a thread failed while ranking", failed.getCause());
    }
  }

  void close() {
    pool.shutdown();
  }
}
