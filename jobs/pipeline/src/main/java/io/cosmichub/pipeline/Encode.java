package io.cosmichub.pipeline;

import io.cosmichub.contracts.ExposureEncoder;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.MatchesEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.ResultEncoder;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.feedback.ResultUpdate;
import io.cosmichub.streaming.matches.Match;
import io.cosmichub.streaming.matches.MatchList;
import io.cosmichub.streaming.population.LateChange;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes each value as a record, with an encoder that is made where it runs. */
final class Encode<T, E> extends RichMapFunction<T, OutputRecord> {

  private static final long serialVersionUID = 1L;

  private interface Encoders<E> extends Serializable {
    E of(Format format);
  }

  private interface Writing<T, E> extends Serializable {
    OutputRecord write(E encoder, T value) throws Exception;
  }

  // configuration
  private final Format format;
  private final Encoders<E> encoders;
  private final Writing<T, E> writing;

  // runtime
  private transient E encoder;

  private Encode(Format format, Encoders<E> encoders, Writing<T, E> writing) {
    this.format = format;
    this.encoders = encoders;
    this.writing = writing;
  }

  static Encode<Exposure, ?> exposures(Format format) {
    return new Encode<>(format, ExposureEncoder::new, ExposureEncoder::encode);
  }

  /** Where experiments stand, or that one was removed. */
  static Encode<ResultUpdate, ?> results(Format format) {
    return new Encode<>(format, ResultEncoder::new, Encode::result);
  }

  static Encode<PublishedFigure, ?> figures(Format format) {
    return new Encode<>(
        format,
        PopulationEncoder::new,
        (encoder, figure) -> encoder.trend(PopulationMessages.trend(figure)));
  }

  static Encode<PublishedPattern, ?> patterns(Format format) {
    return new Encode<>(
        format,
        PopulationEncoder::new,
        (encoder, pattern) -> encoder.pattern(PopulationMessages.pattern(pattern)));
  }

  /** Changes that came too late for their windows. */
  static Encode<LateChange, ?> late(Format format) {
    return new Encode<>(
        format,
        PopulationEncoder::new,
        (encoder, change) -> encoder.late(PopulationMessages.late(change)));
  }

  /** The best matches of charts, or that a chart was erased. */
  static Encode<MatchList, ?> matches(Format format) {
    return new Encode<>(format, MatchesEncoder::new, Encode::matches);
  }

  @Override
  public void open(OpenContext context) {
    encoder = encoders.of(format);
  }

  @Override
  public OutputRecord map(T value) throws Exception {
    return writing.write(encoder, value);
  }

  private static OutputRecord result(ResultEncoder encoder, ResultUpdate result) throws Exception {
    byte[] content = result.content();
    return content == null
        ? encoder.remove(result.experiment(), result.at())
        : encoder.encode(ExperimentResult.parseFrom(content));
  }

  private static OutputRecord matches(MatchesEncoder encoder, MatchList list) {
    List<Match> matches = list.matches();
    return matches == null
        ? encoder.erase(list.chartId(), list.cohort(), list.at())
        : encoder.encode(PopulationMessages.matches(list, matches));
  }
}
