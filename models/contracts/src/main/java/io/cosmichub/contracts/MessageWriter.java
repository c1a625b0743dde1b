package io.cosmichub.contracts;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.score.RuleScore;
import org.jspecify.annotations.Nullable;

/** Writes the values of all messages in one format. For one thread. */
interface MessageWriter {

  /** The writer of a format; {@code policy} names the aspects of a pair update. */
  static MessageWriter of(Format format, AspectPolicy policy, String model) {
    return switch (format) {
      case JSON -> new JsonWriter(policy, model);
      case PROTOBUF -> new ProtobufWriter(policy, model);
    };
  }

  byte[] chart(ChartUpdate update);

  byte[] watch(PairWatch watch);

  byte[] delta(PairUpdate update);

  byte[] aspects(PairUpdate update);

  byte[] score(PairUpdate update, RuleScore score);

  /** The live message of its three parts, as the methods above wrote them. */
  byte[] live(byte[] delta, byte @Nullable [] aspects, byte @Nullable [] score);
}
