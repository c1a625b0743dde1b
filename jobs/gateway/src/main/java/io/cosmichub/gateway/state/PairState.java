package io.cosmichub.gateway.state;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.SynastryReader;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a pair stands: one aspect set and the score of that set, never of another. Immutable.
 *
 * @param eventTime RFC 3339, or null where it is not known
 * @param score null where it is not known yet, or the pair has ended
 * @param ended whether the pair's life has ended; its set is empty then
 */
public record PairState(
    String pairId,
    String chartA,
    String chartB,
    long revisionA,
    long revisionB,
    long sequence,
    @Nullable String eventTime,
    AspectSet aspects,
    SynastryReader.@Nullable Score score,
    boolean ended) {

  static PairState of(SynastryReader.Live live, @Nullable String eventTime) {
    SynastryReader.Delta delta = live.delta();
    AspectSet aspects = live.aspects();
    return new PairState(
        delta.pairId(),
        delta.chartA(),
        delta.chartB(),
        delta.revisionA(),
        delta.revisionB(),
        delta.sequence(),
        eventTime,
        aspects == null ? AspectSet.EMPTY : aspects,
        live.score(),
        delta.closed());
  }

  /** The end of this life, where no record of it has come. */
  public PairState end(long at) {
    return new PairState(
        pairId, chartA, chartB, revisionA, revisionB, at, null, AspectSet.EMPTY, null, true);
  }

  /**
   * What a client gives back to say which state it holds: the revisions, the sequence, and a check
   * of the content, because a restart of the job may lead to another content under the same
   * numbers.
   */
  public String version() {
    CRC32C check = new CRC32C();
    check.update(aspects.toBytes());
    return revisionA
        + "."
        + revisionB
        + "."
        + sequence
        + "."
        + Long.toHexString(check.getValue())
        + (score == null ? "" : "." + score.score().overall() + "." + score.model())
        + (ended ? ".ended" : "");
  }

  /**
   * Whether the pair may have come from the other state to this one: it had not passed it, and
   * there is more to it than a score less.
   */
  public boolean mayFollow(PairState before) {
    if (before.ended) {
      return !ended && !isOfTheLifeOf(before);
    }
    return !equals(before) && !precedes(before) && !isWithoutScore(before);
  }

  /**
   * Whether this was before that end, as far as one can tell: the first of a life may be that of
   * the next one, in which charts may be at the same revisions still.
   */
  private boolean isOfTheLifeOf(PairState end) {
    return sequence > 1
        && sequence < end.sequence
        && revisionA <= end.revisionA
        && revisionB <= end.revisionB
        && chartA.equals(end.chartA)
        && chartB.equals(end.chartB);
  }

  private boolean precedes(PairState other) {
    return revisionA <= other.revisionA
        && revisionB <= other.revisionB
        && (revisionA != other.revisionA || revisionB != other.revisionB);
  }

  /** Whether this is the same set of the same revisions, whose score was not there yet. */
  private boolean isWithoutScore(PairState other) {
    return score == null
        && !ended
        && revisionA == other.revisionA
        && revisionB == other.revisionB
        && aspects.equals(other.aspects);
  }

  /** The overall score, or null where there is none. */
  public @Nullable Double overall() {
    return score == null ? null : score.score().overall();
  }
}
