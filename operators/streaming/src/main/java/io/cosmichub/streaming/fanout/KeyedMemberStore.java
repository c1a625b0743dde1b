package io.cosmichub.streaming.fanout;

import io.cosmichub.fanout.MemberPage;
import io.cosmichub.fanout.MemberStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * The members of the current key's chart, in keyed state; a failing state backend fails the task.
 */
final class KeyedMemberStore implements MemberStore {

  private static final int NO_PAGE = -1;

  private final MapState<Integer, MemberPage> pages;
  private final MapState<String, Integer> pageOfPair;

  KeyedMemberStore(MapState<Integer, MemberPage> pages, MapState<String, Integer> pageOfPair) {
    this.pages = pages;
    this.pageOfPair = pageOfPair;
  }

  @Override
  public @Nullable MemberPage page(int number) {
    return call(() -> pages.get(number));
  }

  @Override
  public void putPage(int number, MemberPage page) {
    run(() -> pages.put(number, page));
  }

  @Override
  public void removePage(int number) {
    run(() -> pages.remove(number));
  }

  @Override
  public int pageOf(String pairId) {
    Integer number = call(() -> pageOfPair.get(pairId));
    return number == null ? NO_PAGE : number;
  }

  @Override
  public void putPageOf(String pairId, int number) {
    run(() -> pageOfPair.put(pairId, number));
  }

  @Override
  public void removePageOf(String pairId) {
    run(() -> pageOfPair.remove(pairId));
  }

  private static <T> @Nullable T call(Access<T> access) {
    try {
      return access.get();
    } catch (Exception e) {
      throw new FlinkRuntimeException("Cannot reach the members of a chart", e);
    }
  }

  private static void run(Change change) {
    try {
      change.apply();
    } catch (Exception e) {
      throw new FlinkRuntimeException("Cannot change the members of a chart", e);
    }
  }

  /** A read of state. */
  private interface Access<T> {
    @Nullable T get() throws Exception;
  }

  /** A write of state. */
  private interface Change {
    void apply() throws Exception;
  }
}
