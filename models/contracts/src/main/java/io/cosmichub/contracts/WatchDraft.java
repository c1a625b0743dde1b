package io.cosmichub.contracts;

import io.cosmichub.pair.PairWatch;
import org.jspecify.annotations.Nullable;

/**
 * A watch as a reader found it, unchecked; {@link #toWatch} holds it against the rules of the
 * contract.
 */
final class WatchDraft {
  String pairId = "";
  String chartA = "";
  String chartB = "";
  boolean hasRevision;
  long revision;

  /** The watch, if its ids and revision keep the rules. */
  PairWatch toWatch(byte @Nullable [] key) throws Refusal {
    Ids.requireKey(key, Ids.require(pairId, "the pair id"));
    Ids.require(chartA, "the id of chart A");
    Ids.require(chartB, "the id of chart B");
    if (chartA.equals(chartB)) {
      throw new Refusal(DeadLetterCode.SELF_PAIR, "the pair is of a chart with itself");
    }
    if (hasRevision && revision < 0) {
      throw new Refusal(DeadLetterCode.REVISION_NEGATIVE, "the revision is negative");
    }
    return new PairWatch(pairId, chartA, chartB, hasRevision ? revision : PairWatch.NO_REVISION);
  }
}
