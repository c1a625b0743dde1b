package io.cosmichub.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Ranks on several threads, each into a ranking of its own, as many as there is memory for. */
final class RankingShares {

  private final KernelThreads threads;
  private final long memory;

  RankingShares(KernelThreads threads, long memory) {
    this.threads = threads;
    this.memory = memory;
  }

  /**
   * Has up to {@code workers} threads do {@code work}, which takes pieces until none is left; what
   * all of them find ends in {@code into}.
   */
  void take(Ranking into, int workers, Consumer<Ranking> work) {
    long fit = Math.min(Math.min(threads.most(), workers), memory / into.bytes());
    List<Ranking> others = new ArrayList<>();
    for (int other = 1; other < fit; other++) {
      others.add(into.emptyTwin());
    }
    threads.share(
        others.size() + 1, number -> work.accept(number == 0 ? into : others.get(number - 1)));
    others.forEach(into::merge);
  }
}
