package io.cosmichub.history;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;

/** A consumer of one pair: folds its deltas and insists on what consumers are promised. */
final class PairView {
  private final String pairId;
  private AspectSet folded = AspectSet.EMPTY;
  private long sequence;
  private long revisionA = -1;
  private long revisionB = -1;
  private boolean open;
  private boolean workOpen;

  PairView(String pairId) {
    this.pairId = pairId;
  }

  AspectSet folded() {
    return folded;
  }

  boolean isOpen() {
    return open;
  }

  void seeWork(PairWork work) {
    boolean compute = work.kind() == PairWork.Kind.COMPUTE;
    insist(compute || workOpen, "a close without a computation before it");
    insist(!compute || work.whole() != workOpen, "whole exactly at the start of a life");
    if (compute && !work.whole()) {
      insist((work.movedA() | work.movedB()) != 0, "a computation without a moved body");
    }
    workOpen = compute;
  }

  void see(PairUpdate update) {
    boolean begins = !open;
    insist(!(begins && update.closed()), "a life that ends before it begins");
    boolean delta = !update.changes().isEmpty();
    long due = begins ? (delta ? 1 : 0) : sequence + 1;
    boolean emptyClose = update.closed() && sequence == 0;
    insist(update.sequence() == (emptyClose ? 0 : due), "sequence numbers without a gap");
    insist(begins || delta || update.closed(), "nothing to say in mid-life");
    insist(
        begins || (update.revisionA() >= revisionA && update.revisionB() >= revisionB),
        "revisions never go back");
    insist(update.closed() == (update.score() == null), "a score unless it is closed");
    folded = AspectDelta.fold(begins ? AspectSet.EMPTY : folded, update.changes());
    insist(folded.equals(update.aspects()), "folded deltas equal the full set");
    insist(!update.closed() || folded.isEmpty(), "a closed pair holds no aspect");
    open = !update.closed();
    sequence = update.sequence();
    revisionA = update.revisionA();
    revisionB = update.revisionB();
  }

  /** After every computation the folded set is that of the two charts, update or none. */
  void check(AspectSet expected) {
    insist(open && folded.equals(expected), "the folded set is that of the charts");
  }

  private void insist(boolean holds, String promise) {
    if (!holds) {
      throw new AssertionError(pairId + ": " + promise);
    }
  }
}
