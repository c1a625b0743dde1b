package io.cosmichub.pipeline;

import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.v1.Interval;
import io.cosmichub.contracts.v1.PatternRule;
import io.cosmichub.contracts.v1.PopulationPattern;
import io.cosmichub.population.publish.PublishedPattern;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes each published pattern as a record of the topic of patterns. */
final class EncodePatterns extends RichMapFunction<PublishedPattern, OutputRecord> {

  private static final long serialVersionUID = 1L;

  // configuration
  private final Format format;

  // runtime
  private transient PopulationEncoder encoder;

  EncodePatterns(Format format) {
    this.format = format;
  }

  @Override
  public void open(OpenContext context) {
    encoder = new PopulationEncoder(format);
  }

  @Override
  public OutputRecord map(PublishedPattern pattern) {
    PopulationPattern.Builder message =
        PopulationPattern.newBuilder()
            .setPattern(pattern.id())
            .setCohort(pattern.window().cohort())
            .setGroup(pattern.group().id())
            .addAllGiven(pattern.given())
            .setThen(pattern.then())
            .setWindowStart(PopulationEncoder.time(pattern.window().start()))
            .setWindowEnd(PopulationEncoder.time(pattern.window().end()))
            .setCount(pattern.count())
            .setAmong(pattern.among())
            .setSupport(pattern.support())
            .setSupportInterval(interval(pattern.supportInterval()))
            .setSample(pattern.sample());
    PublishedPattern.Rule rule = pattern.rule();
    if (rule != null) {
      message.setRule(
          PatternRule.newBuilder()
              .setConfidence(rule.confidence())
              .setConfidenceInterval(interval(rule.interval()))
              .setLift(rule.lift()));
    }
    return encoder.pattern(message.build());
  }

  private static Interval interval(io.cosmichub.population.pattern.Interval interval) {
    return Interval.newBuilder().setLow(interval.low()).setHigh(interval.high()).build();
  }
}
