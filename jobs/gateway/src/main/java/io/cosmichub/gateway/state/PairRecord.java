package io.cosmichub.gateway.state;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.SynastryReader;
import org.jspecify.annotations.Nullable;

/** The latest of a pair as the topics had it: read only when someone wants to know. */
public sealed interface PairRecord {

  /** What the record says; {@link IllegalArgumentException} if it is no such message. */
  PairState read();

  /** Bytes of memory, about. */
  int weight();

  /** A record of the live topic. */
  final class Live implements PairRecord {
    private final byte[] value;
    private final @Nullable String eventTime;

    public Live(byte[] value, @Nullable String eventTime) {
      this.value = value;
      this.eventTime = eventTime;
    }

    @Override
    public PairState read() {
      return PairState.of(new SynastryReader(AspectPolicy.classic()).live(value), eventTime);
    }

    @Override
    public int weight() {
      return value.length + OVERHEAD;
    }
  }

  /** The last records of the compacted topics; the score counts only for the set that it is of. */
  final class Compacted implements PairRecord {
    private final byte[] aspects;
    private final byte @Nullable [] score;
    private final @Nullable String eventTime;

    public Compacted(byte[] aspects, byte @Nullable [] score, @Nullable String eventTime) {
      this.aspects = aspects;
      this.score = score;
      this.eventTime = eventTime;
    }

    /** The same set with this score. */
    Compacted with(byte[] newScore) {
      return new Compacted(aspects, newScore, eventTime);
    }

    @Override
    public PairState read() {
      SynastryReader reader = new SynastryReader(AspectPolicy.classic());
      SynastryReader.Standing standing = reader.standing(aspects);
      SynastryReader.Score of = score == null ? null : reader.score(score);
      boolean fits =
          of != null
              && of.revisionA() == standing.revisionA()
              && of.revisionB() == standing.revisionB();
      return new PairState(
          standing.pairId(),
          standing.chartA(),
          standing.chartB(),
          standing.revisionA(),
          standing.revisionB(),
          standing.sequence(),
          eventTime,
          standing.aspects(),
          fits ? of : null,
          false);
    }

    @Override
    public int weight() {
      return aspects.length + (score == null ? 0 : score.length) + OVERHEAD;
    }
  }

  /** The map's entry, the key and the array's header. */
  int OVERHEAD = 200;
}
