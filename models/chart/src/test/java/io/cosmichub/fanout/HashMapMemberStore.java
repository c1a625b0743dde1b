package io.cosmichub.fanout;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages in plain maps; with {@code throughBytes} every page goes through its byte layout. */
public final class HashMapMemberStore implements MemberStore {
  private final Map<Integer, MemberPage> pages = new HashMap<>();
  private final Map<String, Integer> index = new HashMap<>();
  private final boolean throughBytes;
  private int reads;

  /** An empty store. */
  public HashMapMemberStore(boolean throughBytes) {
    this.throughBytes = throughBytes;
  }

  @Override
  public @Nullable MemberPage page(int number) {
    reads++;
    return pages.get(number);
  }

  @Override
  public void putPage(int number, MemberPage page) {
    pages.put(number, throughBytes ? MemberPage.fromBytes(page.toBytes()) : page);
  }

  @Override
  public void removePage(int number) {
    pages.remove(number);
  }

  @Override
  public int pageOf(String pairId) {
    return index.getOrDefault(pairId, -1);
  }

  @Override
  public void putPageOf(String pairId, int number) {
    index.put(pairId, number);
  }

  @Override
  public void removePageOf(String pairId) {
    index.remove(pairId);
  }

  /** Whether nothing at all is kept. */
  public boolean isEmpty() {
    return pages.isEmpty() && index.isEmpty();
  }

  /** How many pages have been read so far. */
  public int reads() {
    return reads;
  }

  /** How many members each page holds, by number. */
  public Map<Integer, Integer> sizes() {
    Map<Integer, Integer> sizes = new HashMap<>();
    pages.forEach((number, page) -> sizes.put(number, page.size()));
    return sizes;
  }

  /** The index from pair to page. */
  public Map<String, Integer> index() {
    return Map.copyOf(index);
  }
}
