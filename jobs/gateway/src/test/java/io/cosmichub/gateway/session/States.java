package io.cosmichub.gateway.session;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.gateway.state.PairRecord;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.score.RuleScore;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Histories of pairs as the pipeline writes them. */
final class States {
  private final String pairId;
  private final Random random;
  private final PairUpdateEncoder encoder;
  private AspectSet held = AspectSet.EMPTY;
  private long revision;
  private long sequence;

  States(String pairId, long seed, Format format) {
    this.pairId = pairId;
    this.random = new Random(seed);
    this.encoder = new PairUpdateEncoder(format, AspectPolicy.classic(), "rules/classic@1");
  }

  /** The set that the last record led to. */
  AspectSet held() {
    return held;
  }

  long revision() {
    return revision;
  }

  /** A record that changes some cells. */
  PairRecord next() {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < 10; row++) {
      for (int col = 0; col < 10; col++) {
        int hit = held.hit(row, col);
        if (random.nextInt(4) == 0) {
          hit = AspectPolicy.classic().match(random.nextInt(180_000_001));
        }
        if (hit != 0) {
          set.put(row, col, hit);
        }
      }
    }
    return to(set.build());
  }

  /** A record that leads to this set. */
  PairRecord to(AspectSet next) {
    revision++;
    sequence++;
    PairRecord record = record(next, false);
    held = next;
    return record;
  }

  /** The record that ends the pair's life. */
  PairRecord end() {
    sequence++;
    PairRecord record = record(AspectSet.EMPTY, true);
    held = AspectSet.EMPTY;
    sequence = 0;
    return record;
  }

  private PairRecord record(AspectSet next, boolean closed) {
    PairUpdate update =
        new PairUpdate(
            pairId,
            "a",
            "b",
            revision,
            1,
            "classic",
            sequence,
            1_000,
            closed,
            AspectDelta.between(held, next),
            next,
            closed ? null : RuleScore.of(next, AspectPolicy.classic()),
            0);
    byte[] value = Objects.requireNonNull(encoder.encodeLive(update).value());
    return new PairRecord.Live(value, "1970-01-01T00:00:01Z");
  }

  static List<AspectSet> highAndLow() {
    // One exact trine of sun and moon, and one exact opposition, move the score to either side of
    // 50.
    AspectSet high =
        AspectSet.builder().put(0, 1, AspectPolicy.classic().match(120_000_000)).build();
    AspectSet low =
        AspectSet.builder().put(0, 1, AspectPolicy.classic().match(180_000_000)).build();
    return List.of(high, low);
  }
}
