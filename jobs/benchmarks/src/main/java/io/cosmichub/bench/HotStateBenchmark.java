package io.cosmichub.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cosmichub.pair.PairRecord;
import io.cosmichub.streaming.hot.HotCache;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * {@code ./run bench hot-state}: how often the hot state has a pair, beside exact LRU and Caffeine
 * on the same draws by Zipf's law; what a read of a pair costs there, in Caffeine and in RocksDB;
 * what an update costs that is written at once, soon or with the next checkpoint. Half a minute.
 */
public final class HotStateBenchmark {

  private static final int PAIRS = 100_000;
  private static final int DRAWS = 2_000_000;
  private static final int ROUNDS = 5;
  private static final int BETWEEN_CHECKPOINTS = 40_000;

  private final String[] keys = new String[PAIRS];
  private final int[] draws = new int[DRAWS];
  private final PairRecord value = Templates.make().pair();
  private final PrintStream out;

  private HotStateBenchmark(PrintStream out) {
    this.out = out;
    double[] cumulative = new double[PAIRS];
    double sum = 0;
    for (int rank = 0; rank < PAIRS; rank++) {
      keys[rank] = Workload.pairId(rank);
      sum += 1.0 / (rank + 1);
      cumulative[rank] = sum;
    }
    Random random = new Random(1);
    for (int draw = 0; draw < DRAWS; draw++) {
      int at = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
      draws[draw] = at < 0 ? -at - 1 : at;
    }
  }

  /** Takes no arguments. */
  public static void main(String[] args) throws Exception {
    HotStateBenchmark benchmark = new HotStateBenchmark(System.out);
    benchmark.hitRates(10);
    benchmark.hitRates(20);
    benchmark.reads();
    for (int mostChanged : new int[] {0, 512, 2_048, PAIRS}) {
      benchmark.updates(mostChanged);
    }
  }

  private void hitRates(int percent) {
    int kept = PAIRS * percent / 100;
    HotCache<PairRecord> cache = cache((long) kept * bytesAnEntry());
    Lru lru = new Lru(kept);
    Cache<String, PairRecord> caffeine = caffeine(kept);
    draw(cache, lru, caffeine);
    long hits = cache.hits();
    long lruHits = lru.hits;
    long caffeineHits = caffeine.stats().hitCount();
    draw(cache, lru, caffeine);
    out.printf(
        "room for %d %% of %,d pairs (%,d kept, %,d bytes): %.1f %% hits; exact LRU %.1f %%; Caffeine %.1f %%%n",
        percent,
        PAIRS,
        cache.size(),
        cache.bytes(),
        100.0 * (cache.hits() - hits) / DRAWS,
        100.0 * (lru.hits - lruHits) / DRAWS,
        100.0 * (caffeine.stats().hitCount() - caffeineHits) / DRAWS);
  }

  private void draw(HotCache<PairRecord> cache, Lru lru, Cache<String, PairRecord> caffeine) {
    for (int draw : draws) {
      cache.get(keys[draw]);
      lru.ask(keys[draw]);
      PairRecord unused = caffeine.get(keys[draw], key -> value);
    }
  }

  /** New keys each time, as records bring them: their hash is not known yet. */
  private void reads() throws Exception {
    HotCache<PairRecord> cache = cache(Long.MAX_VALUE);
    Cache<String, PairRecord> caffeine = caffeine(PAIRS);
    byte[] bytes = value.toBytes();
    Path folder = Files.createTempDirectory("cosmichub-rocksdb-");
    RocksDB.loadLibrary();
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB rocksDb = RocksDB.open(options, folder.toString())) {
      for (String key : keys) {
        cache.put(key, value);
        caffeine.put(key, value);
        rocksDb.put(utf8(key), bytes);
      }
      double hot = Double.MAX_VALUE;
      double inCaffeine = Double.MAX_VALUE;
      double cold = Double.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        hot = Math.min(hot, hotRead(cache::get));
        inCaffeine = Math.min(inCaffeine, hotRead(caffeine::getIfPresent));
        cold = Math.min(cold, coldRead(rocksDb));
      }
      out.printf(
          "a read: %.0f ns on the heap, %.0f ns in Caffeine, %.0f ns in RocksDB with its bytes unpacked (memtable, no Flink around it): %.1f times%n",
          hot, inCaffeine, cold, cold / hot);
    }
  }

  /** All pairs are hot; between two checkpoints are as many updates as in two busy seconds. */
  private void updates(int mostChanged) throws Exception {
    Path folder = Files.createTempDirectory("cosmichub-rocksdb-");
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB rocksDb = RocksDB.open(options, folder.toString())) {
      HotCache<PairRecord> cache =
          new HotCache<>(Long.MAX_VALUE, mostChanged, PairRecord::heapBytes, new Rocks(rocksDb));
      long longest = 0;
      long start = System.nanoTime();
      for (int draw = 0; draw < DRAWS; draw++) {
        cache.put(keys[draws[draw]], value);
        if (draw % BETWEEN_CHECKPOINTS == 0) {
          long before = System.nanoTime();
          cache.writeBack();
          longest = Math.max(longest, System.nanoTime() - before);
        }
      }
      out.printf(
          "an update, at most %,d not written: %.0f ns, %.2f writes; the longest write-back %.1f ms%n",
          mostChanged, nanosEach(start, DRAWS), cache.writes() / (double) DRAWS, longest / 1e6);
    }
  }

  private double hotRead(Function<String, @Nullable PairRecord> cache) {
    int found = 0;
    long start = System.nanoTime();
    for (int draw : draws) {
      PairRecord read = cache.apply(new String(utf8(keys[draw]), StandardCharsets.UTF_8));
      found += read == null ? 0 : 1;
    }
    return nanosEach(start, found);
  }

  private double coldRead(RocksDB rocksDb) throws RocksDBException {
    int found = 0;
    long start = System.nanoTime();
    for (int draw = 0; draw < DRAWS / 4; draw++) {
      byte[] read = rocksDb.get(utf8(keys[draws[draw]]));
      found += PairRecord.fromBytes(read).a() == null ? 0 : 1;
    }
    return nanosEach(start, found);
  }

  private static double nanosEach(long start, int found) {
    return (System.nanoTime() - start) / (double) found;
  }

  private static byte[] utf8(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private long bytesAnEntry() {
    HotCache<PairRecord> one = cache(Long.MAX_VALUE);
    one.get(keys[0]);
    return one.bytes();
  }

  private HotCache<PairRecord> cache(long capacity) {
    return new HotCache<>(capacity, PAIRS, PairRecord::heapBytes, new Same(value));
  }

  /** Maintained on the calling thread, as all of a task is. */
  private static Cache<String, PairRecord> caffeine(int most) {
    return Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).recordStats().build();
  }

  /** Keeps packed values. */
  private record Rocks(RocksDB rocksDb) implements HotCache.Store<PairRecord> {

    @Override
    public @Nullable PairRecord read(String key) {
      return null;
    }

    @Override
    public void write(String key, @Nullable PairRecord value) {
      try {
        rocksDb.put(utf8(key), Objects.requireNonNull(value).toBytes());
      } catch (RocksDBException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Has the same value for every key. */
  private record Same(PairRecord value) implements HotCache.Store<PairRecord> {

    @Override
    public PairRecord read(String key) {
      return value;
    }

    @Override
    public void write(String key, @Nullable PairRecord ignored) {}
  }

  /** Keys in the order of their last use. */
  private static final class Lru extends LinkedHashMap<String, Boolean> {

    private static final long serialVersionUID = 1L;

    private final int most;
    private long hits;

    Lru(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    void ask(String key) {
      if (get(key) != null) {
        hits++;
      } else {
        put(key, true);
      }
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > most;
    }
  }
}
