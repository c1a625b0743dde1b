package io.cosmichub.feedback;

import io.cosmichub.serving.Choice;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How the scores of the arms of experiments went since it was asked last: how many failed, and how
 * long a part of them took. Every score counts; of an arm the first {@link #TIMED_ALL} since then
 * are timed, and one in {@link #TIMED_ONE_IN} after those. Scores by a model that was met first are
 * not timed until {@link #COLD} were made or {@link #COLD_NANOS} are over. Of one thread.
 */
public final class ScoreMeasures {
  /*
   * Sums of squares outgrow 64 bits within a few slow scores, so they are kept in two halves. No
   * score is taken to be longer than 2^31 ns, which is slow enough for anybody.
   */

  /** Of an arm, that many scores are all timed. */
  public static final int TIMED_ALL = 64;

  /** Of more scores, one in so many is. */
  public static final int TIMED_ONE_IN = 16;

  /** That many scores by models say how long it takes to compile code, and no more. */
  public static final int COLD = 256;

  /** So long after the first of them they are timed though fewer were made, in nanoseconds. */
  public static final long COLD_NANOS = 1_000_000_000L;

  /** What {@link #begin} says of a score that is not timed. */
  private static final long NOT_TIMED = Long.MIN_VALUE;

  private static final long LONGEST = Integer.MAX_VALUE;
  private static final int HALF = 32;
  private static final long LOW = (1L << HALF) - 1;

  private final LongSupplier nanoTime;
  private final IdentityHashMap<Choice, Arm> arms = new IdentityHashMap<>();
  private int cold = COLD;
  private long coldSince;

  /** Takes the time from {@code nanoTime}, in nanoseconds from anywhere. */
  public ScoreMeasures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A model is met that has not scored before. */
  public void newModel() {
    cold = COLD;
  }

  /** A score of an arm begins; what it says is for {@link #end}. */
  public long begin(Choice choice) {
    Arm arm = arms.get(choice);
    if (arm == null) {
      arm = new Arm();
      arms.put(choice, arm);
    }
    if (choice.model() != null && cold > 0 && isCold()) {
      return NOT_TIMED;
    }
    boolean timed = arm.timed < TIMED_ALL || arm.scores % TIMED_ONE_IN == 0;
    return timed ? nanoTime.getAsLong() : NOT_TIMED;
  }

  private boolean isCold() {
    long now = nanoTime.getAsLong();
    if (cold == COLD) {
      coldSince = now;
    }
    cold = now - coldSince < COLD_NANOS ? cold - 1 : 0;
    return now - coldSince < COLD_NANOS;
  }

  /** The score that began last is made. */
  public void end(Choice choice, long began, boolean failed) {
    Arm arm = arms.get(choice);
    if (arm == null) {
      throw new IllegalStateException("no score of it began");
    }
    arm.scores++;
    if (failed) {
      arm.failures++;
    }
    if (began != NOT_TIMED) {
      arm.took(Math.min(LONGEST, Math.max(0, nanoTime.getAsLong() - began)));
    }
  }

  /** What is to be added to the sums of the arms; from here on it begins anew. */
  public List<Contribution> take() {
    List<Contribution> changes = new ArrayList<>();
    arms.forEach(
        (choice, arm) -> {
          changes.add(change(choice, Metric.SCORE_ERRORS, arm.errors()));
          if (arm.timed > 0) {
            changes.add(change(choice, Metric.SCORE_LATENCY, arm.latencies()));
          }
        });
    arms.clear();
    return changes;
  }

  private static Contribution change(Choice choice, String metric, Sums sums) {
    return new Contribution(
        choice.experiment(), choice.terms().version(), choice.arm(), metric, sums);
  }

  /** The scores of one arm. */
  private static final class Arm {
    private long scores;
    private long failures;
    private long timed;
    private long nanos;
    private long squaresHigh;
    private long squaresLow;

    void took(long took) {
      timed++;
      nanos += took;
      long square = took * took;
      squaresHigh += square >>> HALF;
      squaresLow += square & LOW;
    }

    Sums errors() {
      BigInteger sum = BigInteger.valueOf(failures).multiply(BigInteger.valueOf(Metric.WHOLE));
      return sums(scores, sum, sum.multiply(BigInteger.valueOf(Metric.WHOLE)));
    }

    /** A nanosecond is a millionth of a millisecond. */
    Sums latencies() {
      return sums(
          timed,
          BigInteger.valueOf(nanos),
          BigInteger.valueOf(squaresHigh).shiftLeft(HALF).add(BigInteger.valueOf(squaresLow)));
    }

    private static Sums sums(long count, BigInteger sum, BigInteger squares) {
      return new Sums(count, sum, squares, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
    }
  }
}
