package io.cosmichub.gateway.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import org.jspecify.annotations.Nullable;

/**
 * The list of best matches under each key of a topic, as JSON, within a number of bytes; what does
 * not fit is forgotten until its next record. Thread-safe.
 */
public final class BestLists {
  /** The map's entry, the key and the array's header. */
  private static final int OVERHEAD = 200;

  private final Cache<String, byte[]> lists;

  public BestLists(long bytes) {
    Weigher<String, byte[]> weigher = (key, json) -> json.length + key.length() + OVERHEAD;
    lists = Caffeine.newBuilder().maximumWeight(bytes).weigher(weigher).build();
  }

  public void put(String key, byte[] json) {
    lists.put(key, json);
  }

  public void remove(String key) {
    lists.invalidate(key);
  }

  public byte @Nullable [] find(String key) {
    return lists.getIfPresent(key);
  }
}
