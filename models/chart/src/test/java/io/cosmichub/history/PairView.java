package io.cosmichub.history;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A consumer of one pair: folds its deltas and insists on what consumers are promised. */
final class PairView {
  private final String pairId;
  private AspectSet folded = AspectSet.EMPTY;
  private long sequence;
  private long revisionA = -1;
  private long revisionB = -1;
  private boolean open;
  private boolean workOpen;
  private Set<String> cohorts = Set.of();

  PairView(String pairId) {
    this.pairId = pairId;
  }

  AspectSet folded() {
    return folded;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether it ever held an aspect, and so counts in the population. */
  boolean counts() {
    return open && sequence > 0;
  }

  /** The cohorts that it counts in, by what was said since it first did. */
  Set<String> cohorts() {
    return cohorts;
  }

  void seeWork(PairWork work) {
    if (work.kind() == PairWork.Kind.REGROUP) {
      insist(workOpen, "cohorts change without a computation before it");
      insist(work.cohorts().changed(), "no cohort was left or joined");
      return;
    }
    boolean compute = work.kind() == PairWork.Kind.COMPUTE;
    insist(compute || workOpen, "a close without a computation before it");
    insist(!compute || work.whole() != workOpen, "whole exactly at the start of a life");
    if (compute && !work.whole()) {
      insist((work.movedA() | work.movedB()) != 0, "a computation without a moved body");
    }
    workOpen = compute;
  }

  void see(PairUpdate update) {
    follow(update);
    if (update.regroups()) {
      insist(open && update.sequence() == sequence, "cohorts change and nothing else");
      insist(update.score() != null && folded.equals(update.aspects()), "the pair as it stands");
      return;
    }
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

  /** Counts as a population does: from the first delta of a life to its end. */
  private void follow(PairUpdate update) {
    PairCohorts said = update.cohorts();
    Set<String> before = union(said.kept(), said.left());
    Set<String> after = union(said.kept(), said.joined());
    boolean first = update.sequence() == 1 && !update.closed() && !update.changes().isEmpty();
    if (update.sequence() == 0) {
      return;
    }
    insist(first ? cohorts.isEmpty() : cohorts.equals(before), "in the cohorts that were joined");
    insist(!(update.closed() && said.changed()), "an end that changes cohorts");
    cohorts = update.closed() ? Set.of() : after;
  }

  private static Set<String> union(List<String> some, List<String> others) {
    Set<String> union = new TreeSet<>(some);
    union.addAll(others);
    return union;
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
