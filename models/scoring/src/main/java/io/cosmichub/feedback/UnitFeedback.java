package io.cosmichub.feedback;

import java.util.Comparator;

/**
 * Feedback as it is kept of a unit.
 *
 * @param kind of what kind it is
 * @param pair a hash of the pair: a chart has feedback about many
 * @param at when, in epoch milliseconds
 * @param value in millionths
 */
public record UnitFeedback(String kind, long pair, long at, int value) {

  /** By time; no two of a unit are equal in all but the value. */
  static final Comparator<UnitFeedback> ORDER =
      Comparator.comparingLong(UnitFeedback::at)
          .thenComparing(UnitFeedback::kind)
          .thenComparingLong(UnitFeedback::pair);

  private static final long PRIME = 0x100000001B3L;
  private static final long OFFSET = 0xCBF29CE484222325L;

  /** Of what came in. */
  static UnitFeedback of(Feedback feedback) {
    long hash = OFFSET;
    for (int i = 0; i < feedback.pairId().length(); i++) {
      hash = (hash ^ feedback.pairId().charAt(i)) * PRIME;
    }
    return new UnitFeedback(feedback.kind(), hash, feedback.at(), feedback.value());
  }
}
