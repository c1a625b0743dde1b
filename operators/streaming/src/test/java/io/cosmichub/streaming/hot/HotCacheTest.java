package io.cosmichub.streaming.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HotCacheTest {

  private static final int MOST_CHANGED = 1_000_000;
  private static final int ENTRY_BYTES = 136 + 6 + 64;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3 * ENTRY_BYTES, 1 << 20})
  void itIsTheStoreWhateverFitsOnTheHeap(long capacity) {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Map<String, Integer> expected = new HashMap<>();
      MapStore store = new MapStore();
      HotCache<Integer> cache = new HotCache<>(capacity, random.nextInt(6), value -> 64, store);
      for (int step = 0; step < 500; step++) {
        String key = key(random.nextInt(8));
        switch (random.nextInt(8)) {
          case 0 -> {
            cache.put(key, null);
            expected.remove(key);
          }
          case 1, 2, 3 -> {
            cache.put(key, step);
            expected.put(key, step);
          }
          case 4 -> {
            cache.writeBack();
            assertThat(store.values).isEqualTo(expected);
          }
          case 5 -> cache.warm(key);
          default -> assertThat(cache.get(key)).isEqualTo(expected.get(key));
        }
        assertThat(cache.bytes()).isBetween(0L, capacity);
      }
      cache.writeBack();
      assertThat(store.values).as("seed %s", seed).isEqualTo(expected);
    }
  }

  @Test
  void aPeekFindsWhatIsThereAndLeavesNoTrace() {
    Map<String, String> kept = new HashMap<>(Map.of("cold", "there"));
    HotCache<String> cache =
        new HotCache<>(
            1 << 20,
            10,
            String::length,
            new HotCache.Store<>() {
              @Override
              public @Nullable String read(String key) {
                return kept.get(key);
              }

              @Override
              public void write(String key, @Nullable String value) {
                kept.put(key, String.valueOf(value));
              }
            });
    cache.put("hot", "changed");
    assertThat(cache.peek("hot")).isEqualTo("changed");
    assertThat(cache.peek("cold")).isEqualTo("there");
    assertThat(cache.peek("absent")).isNull();
    assertThat(cache.size()).isEqualTo(1);
    assertThat(cache.misses() + cache.hits()).isZero();
  }

  @Test
  void whatIsHotIsReadOnceAndWrittenOnceBetweenTwoCheckpoints() {
    MapStore store = new MapStore();
    HotCache<Integer> cache = new HotCache<>(1 << 20, MOST_CHANGED, value -> 64, store);
    for (int i = 0; i < 1_000; i++) {
      assertThat(cache.get("a")).isEqualTo(i == 0 ? null : i - 1);
      cache.put("a", i);
    }
    cache.writeBack();
    cache.writeBack();
    assertThat(store.reads).isEqualTo(1);
    assertThat(store.writes).isEqualTo(1);
    assertThat(cache.hits()).isEqualTo(999);
    assertThat(cache.misses()).isEqualTo(1);
  }

  @Test
  void noMoreThanSoManyValuesWaitToBeWritten() {
    MapStore store = new MapStore();
    HotCache<Integer> cache = new HotCache<>(1 << 20, 3, value -> 64, store);
    for (int key = 0; key < 10; key++) {
      cache.put(key(key), key);
      cache.put(key(0), -key);
      assertThat(store.values).hasSizeGreaterThanOrEqualTo(key - 2);
    }
    assertThat(store.writes).isLessThan(2 * 10 - 3);
    cache.writeBack();
    assertThat(store.values).hasSize(10).containsEntry(key(0), -9).containsEntry(key(9), 9);
  }

  @Test
  void aValueThatGrowsMakesRoomForItself() {
    HotCache<Integer> cache =
        new HotCache<>(4 * ENTRY_BYTES, MOST_CHANGED, value -> value, new MapStore());
    for (int key = 0; key < 4; key++) {
      cache.put(key(key), 64);
    }
    assertThat(cache.size()).isEqualTo(4);
    cache.put(key(3), 2 * ENTRY_BYTES);
    assertThat(cache.bytes()).isLessThanOrEqualTo(4 * ENTRY_BYTES);
    assertThat(cache.get(key(3))).isEqualTo(2 * ENTRY_BYTES);
    cache.put(key(3), 5 * ENTRY_BYTES);
    assertThat(cache.get(key(3))).isEqualTo(5 * ENTRY_BYTES);
    assertThat(cache.bytes()).isLessThanOrEqualTo(4 * ENTRY_BYTES);
  }

  @Test
  void theMostUsedKeysAreRemembered() {
    HotCache<Integer> cache = new HotCache<>(1 << 20, MOST_CHANGED, value -> 64, new MapStore());
    for (int key = 0; key < 100; key++) {
      cache.put(key(key), key);
      for (int use = 0; use < key; use++) {
        cache.get(key(key));
      }
    }
    assertThat(cache.mostUsed(10))
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                key(90), key(91), key(92), key(93), key(94), key(95), key(96), key(97), key(98),
                key(99)));
    assertThat(cache.mostUsed(1_000)).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20})
  void itHitsNoLessOftenThanExactLruWhereSomeKeysAreMuchMorePopular(int percent) {
    int keys = 100_000;
    int kept = keys * percent / 100;
    double[] cumulative = zipf(keys);
    Random random = new Random(1);
    HotCache<Integer> cache =
        new HotCache<>((long) kept * ENTRY_BYTES, MOST_CHANGED, value -> 64, new MapStore());
    Lru lru = new Lru(kept);
    int draws = 1_000_000;
    long warm = 0;
    long warmLru = 0;
    for (int draw = 0; draw < draws; draw++) {
      if (draw == draws / 4) {
        warm = cache.hits();
        warmLru = lru.hits;
      }
      int rank = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[keys - 1]);
      String key = key(rank < 0 ? -rank - 1 : rank);
      cache.get(key);
      lru.get(key);
    }
    double counted = draws * 3 / 4.0;
    double hitRate = (cache.hits() - warm) / counted;
    assertThat(hitRate).isGreaterThanOrEqualTo((lru.hits - warmLru) / counted);
    if (percent == 20) {
      assertThat(hitRate).isGreaterThan(0.80);
    }
  }

  private static String key(int number) {
    return String.format("%06d", number);
  }

  private static double[] zipf(int keys) {
    double[] cumulative = new double[keys];
    double sum = 0;
    for (int key = 0; key < keys; key++) {
      sum += 1.0 / (key + 1);
      cumulative[key] = sum;
    }
    return cumulative;
  }

  /** Everything, and how often it was asked for. */
  private static final class MapStore implements HotCache.Store<Integer> {

    private final Map<String, Integer> values = new HashMap<>();
    private int reads;
    private int writes;

    @Override
    public @Nullable Integer read(String key) {
      reads++;
      return values.get(key);
    }

    @Override
    public void write(String key, @Nullable Integer value) {
      writes++;
      if (value == null) {
        values.remove(key);
      } else {
        values.put(key, value);
      }
    }
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

    void get(String key) {
      if (super.get(key) != null) {
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
