package io.cosmichub.pair;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import org.jspecify.annotations.Nullable;

/**
 * What has to be computed, or closed, for a pair; or what the steps on its way are told.
 *
 * @param pairId the pair
 * @param kind what is to be done
 * @param whole whether this is the first computation of a life: every cell
 * @param chartA the chart on side A
 * @param chartB the chart on side B
 * @param revisionA the published revision of A; of a close, the last one known
 * @param revisionB the published revision of B
 * @param a the longitudes of A; of a close, those that were computed last
 * @param b the longitudes of B
 * @param movedA the bodies of A that moved, within the policy's; every one if whole
 * @param movedB the bodies of B that moved
 * @param eventTime epoch milliseconds, the later of the two charts'
 * @param ingestedAt epoch milliseconds of the input record that caused it; 0 unknown
 * @param previous where the moved bodies were when this pair was computed last, without those that
 *     did not move; {@link Longitudes#NONE} if whole or a close
 * @param told what a {@link Kind#TELL} tells; null of any other kind
 * @param cohorts in which the pair counts; of a close, in which it counted
 * @param policy the id of the aspect policy that the pair is under from now on; empty: that of the
 *     job. Not looked at for a close
 */
public record PairWork(
    String pairId,
    Kind kind,
    boolean whole,
    String chartA,
    String chartB,
    long revisionA,
    long revisionB,
    Longitudes a,
    Longitudes b,
    int movedA,
    int movedB,
    long eventTime,
    long ingestedAt,
    Longitudes previous,
    @Nullable Told told,
    PairCohorts cohorts,
    String policy) {

  /** That of the job, as {@link #policy} has it. */
  public static final String POLICY_OF_THE_JOB = "";

  /** Work of a pair. */
  public PairWork(
      String pairId,
      Kind kind,
      boolean whole,
      String chartA,
      String chartB,
      long revisionA,
      long revisionB,
      Longitudes a,
      Longitudes b,
      int movedA,
      int movedB,
      long eventTime,
      long ingestedAt,
      Longitudes previous) {
    this(
        pairId,
        kind,
        whole,
        chartA,
        chartB,
        revisionA,
        revisionB,
        a,
        b,
        movedA,
        movedB,
        eventTime,
        ingestedAt,
        previous,
        null,
        PairCohorts.NONE,
        POLICY_OF_THE_JOB);
  }

  /** The same of a pair that counts in these cohorts. */
  public PairWork in(PairCohorts others) {
    return others.isEmpty() ? this : with(others, policy);
  }

  /** The same under the aspect policy of an id; empty: that of the job. */
  public PairWork under(String other) {
    return other.equals(policy) ? this : with(cohorts, other);
  }

  /** Whether a body that moved is in another sign than when this pair was computed last. */
  public boolean changesSigns() {
    return a.changesSign(movedA, previous) || b.changesSign(movedB, previous);
  }

  /** What has the same pair scored again once this was applied. */
  public PairWork rescore() {
    return new PairWork(
            pairId,
            Kind.RESCORE,
            false,
            chartA,
            chartB,
            revisionA,
            revisionB,
            a,
            b,
            0,
            0,
            eventTime,
            ingestedAt)
        .with(cohorts.settled(), policy);
  }

  private PairWork with(PairCohorts otherCohorts, String otherPolicy) {
    return new PairWork(
        pairId,
        kind,
        whole,
        chartA,
        chartB,
        revisionA,
        revisionB,
        a,
        b,
        movedA,
        movedB,
        eventTime,
        ingestedAt,
        previous,
        told,
        otherCohorts,
        otherPolicy);
  }

  /** What is told to every step on the way of the pairs, and is of no pair. */
  public static PairWork tell(Told told, long ingestedAt) {
    return new PairWork(
        "",
        Kind.TELL,
        false,
        "",
        "",
        0,
        0,
        Longitudes.NONE,
        Longitudes.NONE,
        0,
        0,
        ChartUpdate.NO_TIME,
        ingestedAt,
        Longitudes.NONE,
        told,
        PairCohorts.NONE,
        POLICY_OF_THE_JOB);
  }

  /** Work in which no body moved from anywhere: whole, or a close. */
  public PairWork(
      String pairId,
      Kind kind,
      boolean whole,
      String chartA,
      String chartB,
      long revisionA,
      long revisionB,
      Longitudes a,
      Longitudes b,
      int movedA,
      int movedB,
      long eventTime,
      long ingestedAt) {
    this(
        pairId,
        kind,
        whole,
        chartA,
        chartB,
        revisionA,
        revisionB,
        a,
        b,
        movedA,
        movedB,
        eventTime,
        ingestedAt,
        Longitudes.NONE);
  }

  /** What is to be done. */
  public enum Kind {
    /** Compute the cells of the moved bodies. */
    COMPUTE(0),
    /** The pair is no more: dissolve what holds. */
    CLOSE(1),
    /** Of no pair: something that whoever scores has to know from now on. */
    TELL(2),
    /** Nothing moved: publish the pair again if it would be scored otherwise now. */
    RESCORE(3),
    /** Nothing moved: the pair left or joined cohorts, of which its consumers are not told. */
    REGROUP(4),
    /** Nothing moved: publish the pair again if it is under another policy now. */
    TURN(5);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The stable code. */
    public int code() {
      return code;
    }

    /** The kind of a code; {@link IllegalArgumentException} if there is none. */
    public static Kind ofCode(int code) {
      return switch (code) {
        case 0 -> COMPUTE;
        case 1 -> CLOSE;
        case 2 -> TELL;
        case 3 -> RESCORE;
        case 4 -> REGROUP;
        case 5 -> TURN;
        default -> throw new IllegalArgumentException("unknown kind code " + code);
      };
    }
  }
}
