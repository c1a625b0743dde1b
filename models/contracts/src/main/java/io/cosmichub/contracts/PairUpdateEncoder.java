package io.cosmichub.contracts;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.Served;
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
  private static final Header SPEC_VERSION = Header.of("ce_specversion", "1.0");
  private static final Header SOURCE = Header.of("ce_source", "cosmichub/streams");

  private static final Destination DELTAS = Destination.of(Topics.SYNASTRY_DELTAS);
  private static final Destination ASPECTS = Destination.of(Topics.SYNASTRY_ASPECTS);
  private static final Destination SCORES = Destination.of(Topics.SYNASTRY_SCORES);
  private static final Destination LIVE = Destination.of(Topics.SYNASTRY_LIVE);

  private final Header contentType;
  private final MessageWriter writer;
  private final String policy;
  private @Nullable Header lastTime;
  private long lastEventTime;

  /**
   * Writes {@code format}; {@code policy} names the aspects, those of another policy with the same
   * codes too, and {@code model} is who scores under it.
   */
  public PairUpdateEncoder(Format format, AspectPolicy policy, String model) {
    this.contentType = Header.of(Envelope.CONTENT_TYPE, format.contentType());
    this.writer = MessageWriter.of(format, policy, model);
    this.policy = policy.id();
  }

  /**
   * The records of the exactly-once topics: the delta, unless nothing changed; then the full set,
   * unless the pair was only scored again, and the score, or, when the pair has ended, tombstones
   * for both. And the record of the live topic: delta, full set and score at once; the closing
   * delta alone when the pair has ended.
   */
  public void encode(
      PairUpdate update, Consumer<OutputRecord> committed, Consumer<OutputRecord> live) {
    Event event = new Event(update);
    byte[] delta = writer.delta(update);
    byte[] aspects = aspects(update);
    byte[] score = score(update);
    if (hasDelta(update)) {
      committed.accept(event.record(DELTAS, delta));
    }
    if (!update.rescored()) {
      committed.accept(event.record(ASPECTS, aspects));
    }
    committed.accept(event.record(SCORES, score));
    live.accept(event.record(LIVE, writer.live(delta, aspects, score)));
  }

  /** The records of the exactly-once topics alone. */
  public void encodeCommitted(PairUpdate update, Consumer<OutputRecord> out) {
    Event event = new Event(update);
    if (hasDelta(update)) {
      out.accept(event.record(DELTAS, writer.delta(update)));
    }
    if (!update.rescored()) {
      out.accept(event.record(ASPECTS, aspects(update)));
    }
    out.accept(event.record(SCORES, score(update)));
  }

  /** The record of the live topic alone. */
  public OutputRecord encodeLive(PairUpdate update) {
    byte[] value = writer.live(writer.delta(update), aspects(update), score(update));
    return new Event(update).record(LIVE, value);
  }

  private static boolean hasDelta(PairUpdate update) {
    return update.sequence() > 0 && !update.rescored();
  }

  private byte @Nullable [] aspects(PairUpdate update) {
    return update.closed() ? null : writer.aspects(update);
  }

  private byte @Nullable [] score(PairUpdate update) {
    RuleScore score = update.score();
    return score == null ? null : writer.score(update, score);
  }

  /** A topic, and its name as a header says it. */
  private record Destination(String topic, Header type) {

    static Destination of(String topic) {
      return new Destination(topic, Header.of("ce_type", topic));
    }
  }

  /** What the records of one update have in common: key, id and time. */
  private final class Event {
    private final byte[] key;
    private final Header id;
    private final @Nullable Header time;

    Event(PairUpdate update) {
      this.key = update.pairId().getBytes(StandardCharsets.UTF_8);
      this.id = Header.of("ce_id", id(update));
      this.time = update.eventTime() == ChartUpdate.NO_TIME ? null : time(update.eventTime());
    }

    OutputRecord record(Destination destination, byte @Nullable [] value) {
      List<Header> headers = new ArrayList<>(6);
      if (value != null) {
        headers.add(contentType);
      }
      headers.add(SPEC_VERSION);
      headers.add(destination.type());
      headers.add(SOURCE);
      headers.add(id);
      if (time != null) {
        headers.add(time);
      }
      return new OutputRecord(destination.topic(), key, value, headers, OutputRecord.NO_TIMESTAMP);
    }
  }

  /** One chart that moves updates all of its pairs at one time. */
  private Header time(long eventTime) {
    Header known = lastTime;
    if (known == null || eventTime != lastEventTime) {
      known = Header.of(Envelope.CE_TIME, Rfc3339.format(eventTime));
      lastTime = known;
      lastEventTime = eventTime;
    }
    return known;
  }

  /**
   * What tells two records of one life of a pair and one topic apart, and is the same again when
   * the same record is sent twice.
   */
  private String id(PairUpdate update) {
    Served served = update.served();
    return update.pairId()
        + "/"
        + update.revisionA()
        + "/"
        + update.revisionB()
        + "/"
        + update.sequence()
        + (served != null && served.hasModel() ? "/" + served.model() : "")
        + (update.policy().equals(policy) ? "" : "/" + update.policy())
        + (update.closed() ? "/closed" : "");
  }
}
