package io.cosmichub.fanout;

import org.jspecify.annotations.Nullable;

/**
 * Where the pages of one chart's members are kept, and an index from pair to page: two maps. The
 * implementation decides whether they are keyed state or plain maps.
 */
public interface MemberStore {
  /** The page of a number, or null. */
  @Nullable MemberPage page(int number);

  /** Sets a page. */
  void putPage(int number, MemberPage page);

  /** Removes a page. */
  void removePage(int number);

  /** The number of the page that holds a pair, or −1. */
  int pageOf(String pairId);

  /** Sets the page that holds a pair. */
  void putPageOf(String pairId, int number);

  /** Forgets a pair. */
  void removePageOf(String pairId);
}
