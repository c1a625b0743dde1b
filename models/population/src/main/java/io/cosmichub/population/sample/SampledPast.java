package io.cosmichub.population.sample;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How something of a sample stands at the end of each window that has not closed yet: what comes
 * later, by arrival, counts from its window on. Immutable.
 *
 * @param entries by the end of the window in which it came to stand so, ascending
 */
public record SampledPast(List<Entry> entries) {

  /** Nothing known. */
  public static final SampledPast NONE = new SampledPast(List.of());

  /** Stands for the end of a window that has closed. */
  public static final long SETTLED = Long.MIN_VALUE;

  /**
   * How it stands from a window on.
   *
   * @param end the end of the window, in epoch milliseconds, or {@link #SETTLED}
   * @param sampled how it stands
   */
  public record Entry(long end, Sampled sampled) {}

  /** Unmodifiable. */
  public SampledPast {
    entries = List.copyOf(entries);
  }

  /** The same, and from the window that ends at {@code end} on as {@code sampled}. */
  public SampledPast then(long end, Sampled sampled) {
    List<Entry> kept = new ArrayList<>();
    entries.stream().filter(entry -> entry.end() < end).forEach(kept::add);
    kept.add(new Entry(end, sampled));
    return new SampledPast(kept);
  }

  /** The same without what no window that ends later than {@code end} needs. */
  public SampledPast settled(long end) {
    int last = last(end);
    if (last < 0) {
      return this;
    }
    List<Entry> kept = new ArrayList<>(entries.subList(last, entries.size()));
    kept.set(0, new Entry(SETTLED, kept.get(0).sampled()));
    return new SampledPast(kept);
  }

  /** How it stands at the end of the window that ends at {@code end}; null if not at all. */
  public @Nullable Sampled at(long end) {
    int last = last(end);
    return last < 0 ? null : entries.get(last).sampled();
  }

  private int last(long end) {
    int last = -1;
    while (last + 1 < entries.size() && entries.get(last + 1).end() <= end) {
      last++;
    }
    return last;
  }
}
