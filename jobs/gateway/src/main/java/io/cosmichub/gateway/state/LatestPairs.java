package io.cosmichub.gateway.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The latest record of each pair, within a number of bytes; what does not fit is forgotten until
 * the pair's next record, which tells all again. Thread-safe.
 */
public final class LatestPairs {
  private final Cache<String, PairRecord> records;

  public LatestPairs(long bytes) {
    Weigher<String, PairRecord> weigher = (id, record) -> record.weight() + id.length();
    records = Caffeine.newBuilder().maximumWeight(bytes).weigher(weigher).build();
  }

  /** Keeps the record in place of the one before it. */
  public void put(String pairId, PairRecord record) {
    records.put(pairId, record);
  }

  /** The record of a compacted topic's score joins the set that came before it. */
  public void score(String pairId, byte[] score) {
    if (records.getIfPresent(pairId) instanceof PairRecord.Compacted held) {
      records.put(pairId, held.with(score));
    }
  }

  public void remove(String pairId) {
    records.invalidate(pairId);
  }

  /** How the pair stands, or null where that is not known. */
  public @Nullable PairState find(String pairId) {
    PairRecord record = records.getIfPresent(pairId);
    return record == null ? null : record.read();
  }

  /** All that is kept, as it is while one looks. */
  public Collection<PairRecord> all() {
    return records.asMap().values();
  }

  public long size() {
    return records.estimatedSize();
  }
}
