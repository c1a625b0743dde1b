package io.cosmichub.contracts;

import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.v1.Deviation;
import io.cosmichub.contracts.v1.PopulationLate;
import io.cosmichub.contracts.v1.PopulationPattern;
import io.cosmichub.contracts.v1.PopulationTrend;

/**
 * Writes what is published of the population as the records of its topics, with CloudEvents headers
 * in binary mode. For one thread.
 */
public final class PopulationEncoder {

  private final EventWriter out;

  /** Writes {@code format}. */
  public PopulationEncoder(Format format) {
    this.out = new EventWriter(format, "cosmichub/streams");
  }

  /** A time as the messages hold it, of epoch milliseconds. */
  public static Timestamp time(long epochMillis) {
    return Timestamps.of(epochMillis);
  }

  /** The record of a number about a window. */
  public OutputRecord trend(PopulationTrend trend) {
    return record(
        Topics.POPULATION_TRENDS,
        trend.getMetric(),
        out.value(trend, fields -> write(fields, trend)),
        trend.getWindowEnd());
  }

  /** The record of what comes together. */
  public OutputRecord pattern(PopulationPattern pattern) {
    return record(
        Topics.POPULATION_PATTERNS,
        pattern.getPattern(),
        out.value(pattern, fields -> write(fields, pattern)),
        pattern.getWindowEnd());
  }

  /** The record of a change that came too late. */
  public OutputRecord late(PopulationLate late) {
    return record(
        Topics.POPULATION_LATE,
        late.getId(),
        out.value(late, fields -> write(fields, late)),
        late.getEventTime());
  }

  private OutputRecord record(String topic, String key, byte[] value, Timestamp at) {
    String time = Timestamps.text(at);
    return out.record(topic, key, value, key + "/" + time, time);
  }

  private static void write(JsonFields fields, PopulationTrend trend) {
    fields.text("metric", trend.getMetric());
    fields.text("cohort", trend.getCohort());
    fields.text("figure", trend.getFigure());
    fields.text("item", trend.getItem());
    fields.time("windowStart", trend.getWindowStart());
    fields.time("windowEnd", trend.getWindowEnd());
    fields.flag("sliding", trend.getSliding());
    fields.number("value", trend.getValue());
    fields.int64("count", trend.getCount());
    if (trend.getAmong() != 0) {
      fields.int64("among", trend.getAmong());
    }
    if (trend.hasDeviation()) {
      fields.object("deviation", in -> write(in, trend.getDeviation()));
    }
    fields.flag("trending", trend.getTrending());
    fields.text("insight", trend.getInsight());
    fields.text("link", trend.getLink());
  }

  private static void write(JsonFields fields, Deviation deviation) {
    fields.number("z", deviation.getZ());
    fields.number("p", deviation.getP());
    fields.number("expected", deviation.getExpected());
    fields.count("references", deviation.getReferences());
  }

  private static void write(JsonFields fields, PopulationPattern pattern) {
    fields.text("pattern", pattern.getPattern());
    fields.text("cohort", pattern.getCohort());
    fields.text("group", pattern.getGroup());
    fields.texts("given", pattern.getGivenList());
    fields.text("then", pattern.getThen());
    fields.time("windowStart", pattern.getWindowStart());
    fields.time("windowEnd", pattern.getWindowEnd());
    fields.int64("count", pattern.getCount());
    fields.int64("among", pattern.getAmong());
    fields.number("support", pattern.getSupport());
    fields.object("supportInterval", in -> EventWriter.write(in, pattern.getSupportInterval()));
    if (pattern.hasRule()) {
      fields.object("rule", in -> EventWriter.write(in, pattern.getRule()));
    }
    fields.number("sample", pattern.getSample());
  }

  private static void write(JsonFields fields, PopulationLate late) {
    fields.text("cohort", late.getCohort());
    fields.text("kind", late.getKind());
    fields.text("id", late.getId());
    fields.time("eventTime", late.getEventTime());
    fields.time("windowStart", late.getWindowStart());
    fields.time("windowEnd", late.getWindowEnd());
    if (late.hasSeenAt()) {
      fields.time("seenAt", late.getSeenAt());
    }
  }
}
