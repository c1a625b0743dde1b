package io.cosmichub.contracts;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.score.RuleScore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is published of a pair as the records of the output topics, with CloudEvents headers
 * in binary mode. For one thread.
 */
public final class PairUpdateEncoder {
  private static final String SOURCE = "cosmichub/streams";

  private final Format format;
  private final MessageWriter writer;

  /** Writes {@code format}; {@code policy} names the aspects, {@code model} is who scored. */
  public PairUpdateEncoder(Format format, AspectPolicy policy, String model) {
    this.format = format;
    this.writer = MessageWriter.of(format, new CellNames(policy), model);
  }

  /**
   * The records of the exactly-once topics: the delta, unless nothing changed; then the full set
   * and the score, or, when the pair has ended, tombstones for both.
   */
  public void encodeCommitted(PairUpdate update, Consumer<OutputRecord> out) {
    byte[] key = update.pairId().getBytes(StandardCharsets.UTF_8);
    if (update.sequence() > 0) {
      out.accept(record(Topics.SYNASTRY_DELTAS, key, writer.delta(update), update));
    }
    RuleScore score = update.score();
    out.accept(
        record(
            Topics.SYNASTRY_ASPECTS, key, update.closed() ? null : writer.aspects(update), update));
    out.accept(
        record(
            Topics.SYNASTRY_SCORES,
            key,
            score == null ? null : writer.score(update, score),
            update));
  }

  /**
   * The record of the live topic: delta, full set and score at once; the closing delta alone when
   * the pair has ended.
   */
  public OutputRecord encodeLive(PairUpdate update) {
    return record(
        Topics.SYNASTRY_LIVE,
        update.pairId().getBytes(StandardCharsets.UTF_8),
        writer.live(update),
        update);
  }

  private OutputRecord record(
      String topic, byte[] key, byte @Nullable [] value, PairUpdate update) {
    List<Header> headers = new ArrayList<>(6);
    if (value != null) {
      headers.add(Header.of(Envelope.CONTENT_TYPE, format.contentType()));
    }
    headers.add(Header.of("ce_specversion", "1.0"));
    headers.add(Header.of("ce_type", topic));
    headers.add(Header.of("ce_source", SOURCE));
    headers.add(Header.of("ce_id", id(update)));
    if (update.eventTime() != ChartUpdate.NO_TIME) {
      headers.add(Header.of(Envelope.CE_TIME, Rfc3339.format(update.eventTime())));
    }
    return new OutputRecord(topic, key, value, headers, OutputRecord.NO_TIMESTAMP);
  }

  /**
   * What tells two records of one pair and topic apart, and is the same again when the same record
   * is sent twice.
   */
  private static String id(PairUpdate update) {
    return update.pairId()
        + "/"
        + update.revisionA()
        + "/"
        + update.revisionB()
        + "/"
        + update.sequence()
        + (update.closed() ? "/closed" : "");
  }
}
