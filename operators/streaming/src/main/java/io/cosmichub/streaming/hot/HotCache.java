package io.cosmichub.streaming.hot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The values of the keys that are used most, bounded by bytes, over a {@link Store} of all. What is
 * changed here reaches the store when its key gives way to another one, when too many others have
 * changed since, or at {@link #writeBack}. For one thread.
 *
 * @param <V> the values; immutable
 */
public final class HotCache<V> {
  /*
   * The entries form a queue, newest at the head, and a hand walks it from the tail to the head, round and round (SIEVE: Zhang and
   * others, NSDI 2024). A use only marks its entry. When room is needed, the hand takes the mark off the entries that it passes and
   * stops at the first one without. So a key that was used once goes soon, one that is used again stays, and unlike in LRU a use
   * moves nothing.
   *
   * An entry counts its uses, up to a limit; the hand halves the count as it passes. The counts say which keys were the most popular
   * of late (mostUsed), so that a restored task can begin with them.
   *
   * An absent value is an entry, too: the store is not asked again for what it does not have.
   *
   * Entries that changed wait in a queue of bounded length to be written, each once, however often it changes meanwhile: the longer
   * the queue, the fewer writes, and the longer writeBack takes. One that gave way was written then, and is passed over in the queue.
   */
  private static final int ENTRY_BYTES = 136;
  private static final int MOST_USES = 255;

  private final long capacity;
  private final int mostChanged;
  private final ToIntFunction<V> bytesOf;
  private final Store<V> store;
  private final Map<String, Entry<V>> entries = new HashMap<>();
  private final Queue<Entry<V>> changed = new ArrayDeque<>();
  private @Nullable Entry<V> head;
  private @Nullable Entry<V> tail;
  private @Nullable Entry<V> hand;
  private long bytes;
  private long hits;
  private long misses;
  private long evictions;
  private long writes;

  /**
   * Where all values are.
   *
   * @param <V> the values
   */
  public interface Store<V> {

    /** The value of a key, or null. */
    @Nullable V read(String key);

    /** Sets the value of a key; null removes it. */
    void write(String key, @Nullable V value);
  }

  /**
   * Keeps values of at most {@code capacity} bytes altogether, by the estimate {@code bytesOf} and
   * what an entry takes, and of these at most {@code mostChanged} that the store does not have yet;
   * a capacity of 0 keeps none, a {@code mostChanged} of 0 writes through.
   */
  public HotCache(long capacity, int mostChanged, ToIntFunction<V> bytesOf, Store<V> store) {
    if (capacity < 0 || mostChanged < 0) {
      throw new IllegalArgumentException("negative: " + capacity + ", " + mostChanged);
    }
    this.mostChanged = mostChanged;
    this.capacity = capacity;
    this.bytesOf = bytesOf;
    this.store = store;
  }

  /** The value of a key, or null. */
  public @Nullable V get(String key) {
    Entry<V> entry = entries.get(key);
    if (entry != null) {
      hits++;
      entry.use();
      return entry.value;
    }
    misses++;
    V value = store.read(key);
    insert(new Entry<>(key, value));
    return value;
  }

  /** The value of a key, or null; the key becomes no hotter by that, nor a place for it is made. */
  public @Nullable V peek(String key) {
    Entry<V> entry = entries.get(key);
    return entry != null ? entry.value : store.read(key);
  }

  /** Reads a value before it is asked for; one that the store does not have takes no room. */
  public void warm(String key) {
    if (entries.containsKey(key)) {
      return;
    }
    V value = store.read(key);
    if (value != null) {
      insert(new Entry<>(key, value));
    }
  }

  /** Sets the value of a key; null removes it. */
  public void put(String key, @Nullable V value) {
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      entry = new Entry<>(key, value);
      changed(entry);
      insert(entry);
    } else {
      bytes -= entry.bytes;
      entry.value = value;
      changed(entry);
      weigh(entry);
      makeRoom();
    }
    while (changed.size() > mostChanged) {
      write(changed.remove());
    }
  }

  /** Gives the store everything that changed; the values stay. */
  public void writeBack() {
    changed.forEach(this::write);
    changed.clear();
  }

  /** The keys of at most {@code limit} entries that were used most, in no particular order. */
  public List<String> mostUsed(int limit) {
    int[] withUses = new int[MOST_USES + 1];
    for (Entry<V> entry = tail; entry != null; entry = entry.newer) {
      withUses[entry.uses]++;
    }
    int least = MOST_USES;
    int found = withUses[least];
    while (least > 0 && found + withUses[least - 1] <= limit) {
      least--;
      found += withUses[least];
    }
    List<String> keys = new ArrayList<>();
    for (Entry<V> entry = tail; entry != null && keys.size() < limit; entry = entry.newer) {
      if (entry.uses >= least) {
        keys.add(entry.key);
      }
    }
    return keys;
  }

  /** How many keys have an entry. */
  public int size() {
    return entries.size();
  }

  /** The bytes that the entries take, by the estimate. */
  public long bytes() {
    return bytes;
  }

  /** How often a value was here when it was asked for. */
  public long hits() {
    return hits;
  }

  /** How often it was not, and the store was asked. */
  public long misses() {
    return misses;
  }

  /** How often a key gave way to another. */
  public long evictions() {
    return evictions;
  }

  /** How often the store was written to. */
  public long writes() {
    return writes;
  }

  private void insert(Entry<V> entry) {
    weigh(entry);
    entries.put(entry.key, entry);
    entry.older = head;
    if (head != null) {
      head.newer = entry;
    }
    head = entry;
    if (tail == null) {
      tail = entry;
    }
    makeRoom();
  }

  private void weigh(Entry<V> entry) {
    V value = entry.value;
    entry.bytes =
        ENTRY_BYTES + entry.key.length() + (value == null ? 0 : bytesOf.applyAsInt(value));
    bytes += entry.bytes;
  }

  private void makeRoom() {
    while (bytes > capacity) {
      Entry<V> at = hand == null ? tail : hand;
      while (at != null && at.marked) {
        at.marked = false;
        at.uses >>>= 1;
        at = at.newer == null ? tail : at.newer;
      }
      if (at == null) {
        return;
      }
      hand = at.newer;
      evict(at);
    }
  }

  private void changed(Entry<V> entry) {
    if (!entry.changed) {
      entry.changed = true;
      changed.add(entry);
    }
  }

  private void evict(Entry<V> entry) {
    write(entry);
    entries.remove(entry.key);
    if (entry.newer == null) {
      head = entry.older;
    } else {
      entry.newer.older = entry.older;
    }
    if (entry.older == null) {
      tail = entry.newer;
    } else {
      entry.older.newer = entry.newer;
    }
    bytes -= entry.bytes;
    evictions++;
  }

  private void write(Entry<V> entry) {
    if (entry.changed) {
      store.write(entry.key, entry.value);
      entry.changed = false;
      writes++;
    }
  }

  /** A key with its value, and its place in the queue. */
  private static final class Entry<V> {

    private final String key;
    private @Nullable V value;
    private @Nullable Entry<V> newer;
    private @Nullable Entry<V> older;
    private int bytes;
    private int uses;
    private boolean marked;
    private boolean changed;

    Entry(String key, @Nullable V value) {
      this.key = key;
      this.value = value;
    }

    void use() {
      marked = true;
      uses = Math.min(MOST_USES, uses + 1);
    }
  }
}
