package io.cosmichub.streaming.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.WatchInput;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {

  private static final ReferenceKernel KERNEL = new ReferenceKernel(AspectPolicy.classic());
  private static final int ALL = (1 << Body.COUNT) - 1;
  private static final int INPUTS = 80;

  // Nothing is hot, one or two pairs are, all are.
  private static final long[] HOT = {0, 1_200, 1 << 20};

  // The first is in most pairs, so that its members fill several pages.
  private static final String[] CHARTS = {"sky", "ann", "ben", "cid", "dee"};
  private static final String[] PAIRS = {"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"};

  @Test
  void foldedDeltasAreTheAspectsOfTheFinalChartsOnTheHeap() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      Chain chain = new Chain(new Random(seed), HashMapStateBackend::new, HOT[seed % HOT.length]);
      live(seed, chain);
      assertThat(chain.leftOver()).as("seed %s", seed).containsOnly(0);
      chain.close();
    }
  }

  @Test
  void foldedDeltasAreTheAspectsOfTheFinalChartsInRocksDb(@TempDir Path folder) throws Exception {
    Supplier<StateBackend> rocksDb =
        () -> {
          EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(false);
          backend.setDbStoragePath(folder.toString());
          return backend;
        };
    for (int seed = 1_000; seed < 1_010; seed++) {
      Chain chain = new Chain(new Random(seed), rocksDb, HOT[seed % HOT.length]);
      live(seed, chain);
      assertThat(chain.timers()).as("seed %s", seed).isZero();
      chain.close();
    }
  }

  private static void live(int seed, Chain chain) throws Exception {
    Random random = new Random(seed);
    Model model = new Model();
    for (int input = 0; input < INPUTS; input++) {
      if (random.nextInt(5) < 2) {
        WatchInput watch = watch(random);
        chain.put(watch);
        model.put(watch);
      } else {
        ChartInput chart = chart(random);
        chain.put(chart);
        model.put(chart);
      }
      for (int deliveries = random.nextInt(6); deliveries > 0; deliveries--) {
        chain.deliverOne();
      }
      if (random.nextInt(40) == 0) {
        chain.restartOne();
      }
    }
    settle(chain);
    Map<String, Fold> folds = new HashMap<>();
    fold(chain, folds);
    for (String pair : PAIRS) {
      AspectSet expected = expected(model, pair);
      Fold fold = folds.getOrDefault(pair, new Fold());
      assertThat(fold.open).as("seed %s, pair %s", seed, pair).isEqualTo(expected != null);
      assertThat(fold.aspects)
          .as("seed %s, pair %s", seed, pair)
          .isEqualTo(expected == null ? AspectSet.EMPTY : expected);
    }
    assertThat(chain.conflicts()).as("seed %s", seed).isEqualTo(model.conflicts());
    end(chain);
    fold(chain, folds);
    assertThat(folds.values()).as("seed %s", seed).noneMatch(fold -> fold.open);
  }

  /** Everyone is erased and nobody is watched any more, in the end for good. */
  private static void end(Chain chain) throws Exception {
    for (String chart : CHARTS) {
      chain.put(Given.erase(chart));
    }
    for (String pair : PAIRS) {
      chain.put(Given.unwatch(pair));
    }
    settle(chain);
    chain.passTime(Chain.ERASURE_MEMORY);
  }

  private static void settle(Chain chain) throws Exception {
    while (chain.deliverOne()) {
      // On to the next.
    }
  }

  private static void fold(Chain chain, Map<String, Fold> folds) {
    for (PairUpdate update : chain.updates()) {
      folds.computeIfAbsent(update.pairId(), pair -> new Fold()).add(update);
    }
    chain.updates().clear();
  }

  private static @Nullable AspectSet expected(Model model, String pair) {
    PairWatch watch = model.watch(pair);
    Longitudes a = watch == null ? null : model.chart(watch.chartA());
    Longitudes b = watch == null ? null : model.chart(watch.chartB());
    return a == null || b == null ? null : KERNEL.aspects(a, b, ALL, ALL);
  }

  private static WatchInput watch(Random random) {
    String pair = PAIRS[random.nextInt(PAIRS.length)];
    if (random.nextInt(4) == 0) {
      return Given.unwatch(pair);
    }
    int a = random.nextInt(3) == 0 ? 1 + random.nextInt(CHARTS.length - 1) : 0;
    int b = (a + 1 + random.nextInt(CHARTS.length - 1)) % CHARTS.length;
    long revision = random.nextBoolean() ? PairWatch.NO_REVISION : random.nextInt(5);
    return Given.watch(pair, CHARTS[a], CHARTS[b], revision);
  }

  private static ChartInput chart(Random random) {
    String chart = CHARTS[random.nextInt(3) == 0 ? random.nextInt(CHARTS.length) : 0];
    if (random.nextInt(12) == 0) {
      return Given.erase(chart);
    }
    long revision = random.nextInt(12);
    Longitudes longitudes = Longitudes.NONE;
    boolean partial = random.nextBoolean();
    int bodies = partial ? 1 + random.nextInt(2) : random.nextInt(4);
    for (int body = 0; body < bodies; body++) {
      int degree = random.nextInt(24) * 15;
      longitudes = longitudes.with(random.nextInt(4), degree * 1_000_000);
    }
    return partial
        ? Given.move(chart, revision, longitudes)
        : Given.chart(chart, revision, longitudes);
  }

  /** What someone holds who folds the deltas of one pair. */
  private static final class Fold {

    AspectSet aspects = AspectSet.EMPTY;
    boolean open;
    long sequence;
    long revisionA;
    long revisionB;

    void add(PairUpdate update) {
      if (!open) {
        aspects = AspectSet.EMPTY;
        sequence = 0;
        revisionA = update.revisionA();
        revisionB = update.revisionB();
      }
      aspects = AspectDelta.fold(aspects, update.changes());
      sequence += update.changes().isEmpty() && sequence == 0 ? 0 : 1;
      assertThat(update.sequence()).isEqualTo(sequence);
      assertThat(update.aspects()).isEqualTo(aspects);
      assertThat(update.revisionA()).isGreaterThanOrEqualTo(revisionA);
      assertThat(update.revisionB()).isGreaterThanOrEqualTo(revisionB);
      revisionA = update.revisionA();
      revisionB = update.revisionB();
      open = !update.closed();
    }
  }
}
