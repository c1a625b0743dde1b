package io.cosmichub.fanout;

/**
 * Keeps the members of a chart in pages and visits them page by page. Every operation takes the
 * cursor and gives the next one, and reads at most two pages. Immutable and thread-safe; the store
 * is not.
 */
public final class Membership {
  /*
   * Pages are numbered 0 … pageCount − 1 and all but the last are full: a join goes to the end, and
   * whoever is last takes the place of whoever leaves.
   *
   * A round still has to visit the arc next … next + remaining − 1, modulo pageCount. It holds that
   * every member outside the arc knows the truth:
   *   - who joins is told at once, wherever the page is;
   *   - who is moved into a hole is told at once while a round is in progress;
   *   - a new last page joins the arc only where the arc wraps around it, so that the pages after
   *     the wrap stay in it;
   *   - a removed last page leaves the arc if it was in it.
   * A publication in mid-round makes the arc the whole circle again, from where it stands.
   */
  private final int pageSize;

  /** Pages of at most {@code pageSize} members; {@link IllegalArgumentException} below 1. */
  public Membership(int pageSize) {
    if (pageSize < 1) {
      throw new IllegalArgumentException("a page holds at least one member, not " + pageSize);
    }
    this.pageSize = pageSize;
  }

  /**
   * Adds a member, or replaces the pair's one if its epoch is not above, and has it told the truth.
   */
  public FanOutCursor join(
      MemberStore store, FanOutCursor cursor, Member member, MemberListener listener) {
    int number = store.pageOf(member.pairId());
    if (number >= 0) {
      MemberPage page = page(store, number);
      int index = page.indexOf(member.pairId());
      if (page.members().get(index).epoch() <= member.epoch()) {
        store.putPage(number, page.replaced(index, member));
        listener.tell(member);
      }
      return cursor;
    }
    int last = cursor.pageCount() - 1;
    MemberPage lastPage = last < 0 ? null : page(store, last);
    FanOutCursor after = cursor;
    if (lastPage != null && lastPage.size() < pageSize) {
      store.putPage(last, lastPage.with(member));
      store.putPageOf(member.pairId(), last);
    } else {
      store.putPage(last + 1, MemberPage.EMPTY.with(member));
      store.putPageOf(member.pairId(), last + 1);
      after = appended(cursor);
    }
    listener.tell(member);
    return after;
  }

  /** Removes the pair's member unless its epoch is above; who is not there cannot leave. */
  public FanOutCursor leave(
      MemberStore store, FanOutCursor cursor, String pairId, long epoch, MemberListener listener) {
    int number = store.pageOf(pairId);
    if (number < 0) {
      return cursor;
    }
    MemberPage page = page(store, number);
    int index = page.indexOf(pairId);
    Member leaving = page.members().get(index);
    if (leaving.epoch() > epoch) {
      return cursor;
    }
    int lastNumber = cursor.pageCount() - 1;
    MemberPage lastPage = number == lastNumber ? page : page(store, lastNumber);
    Member last = lastPage.last();
    if (!last.equals(leaving)) {
      page = page.replaced(index, last);
      store.putPage(number, page);
      store.putPageOf(last.pairId(), number);
      lastPage = number == lastNumber ? page : lastPage;
      if (cursor.inRound()) {
        listener.tell(last);
      }
    }
    store.removePageOf(pairId);
    listener.left(leaving);
    if (lastPage.size() > 1) {
      store.putPage(lastNumber, lastPage.without(lastPage.size() - 1));
      return cursor;
    }
    store.removePage(lastNumber);
    return removed(cursor);
  }

  /** Begins a round, or makes the one in progress go around once more: the truth has changed. */
  public FanOutCursor startRound(FanOutCursor cursor) {
    return new FanOutCursor(cursor.pageCount(), cursor.next(), cursor.pageCount());
  }

  /** Has every member of the next page told the truth; without a round nothing happens. */
  public FanOutCursor visitNextPage(
      MemberStore store, FanOutCursor cursor, MemberListener listener) {
    if (!cursor.inRound()) {
      return cursor;
    }
    page(store, cursor.next()).members().forEach(listener::tell);
    int next = cursor.next() + 1 == cursor.pageCount() ? 0 : cursor.next() + 1;
    return new FanOutCursor(cursor.pageCount(), next, cursor.remaining() - 1);
  }

  private static FanOutCursor appended(FanOutCursor cursor) {
    boolean wraps = cursor.next() + cursor.remaining() > cursor.pageCount();
    return new FanOutCursor(
        cursor.pageCount() + 1, cursor.next(), cursor.remaining() + (wraps ? 1 : 0));
  }

  private static FanOutCursor removed(FanOutCursor cursor) {
    int pageCount = cursor.pageCount() - 1;
    boolean inArc = cursor.next() + cursor.remaining() > pageCount && cursor.inRound();
    int next = cursor.next() >= pageCount ? 0 : cursor.next();
    return new FanOutCursor(pageCount, next, cursor.remaining() - (inArc ? 1 : 0));
  }

  private static MemberPage page(MemberStore store, int number) {
    MemberPage page = store.page(number);
    if (page == null) {
      throw new IllegalStateException("page " + number + " of the members is missing");
    }
    return page;
  }
}
