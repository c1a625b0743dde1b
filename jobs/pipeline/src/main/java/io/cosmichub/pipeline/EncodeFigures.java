package io.cosmichub.pipeline;

import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.v1.Deviation;
import io.cosmichub.contracts.v1.PopulationTrend;
import io.cosmichub.population.publish.PublishedFigure;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes each published figure as a record of the topic of trends. */
final class EncodeFigures extends RichMapFunction<PublishedFigure, OutputRecord> {

  private static final long serialVersionUID = 1L;

  // configuration
  private final Format format;

  // runtime
  private transient PopulationEncoder encoder;

  EncodeFigures(Format format) {
    this.format = format;
  }

  @Override
  public void open(OpenContext context) {
    encoder = new PopulationEncoder(format);
  }

  @Override
  public OutputRecord map(PublishedFigure figure) {
    PopulationTrend.Builder trend =
        PopulationTrend.newBuilder()
            .setMetric(figure.metric())
            .setCohort(figure.window().cohort())
            .setFigure(figure.kind().id())
            .setItem(figure.item())
            .setWindowStart(PopulationEncoder.time(figure.window().start()))
            .setWindowEnd(PopulationEncoder.time(figure.window().end()))
            .setSliding(figure.sliding())
            .setValue(figure.value())
            .setCount(figure.count())
            .setAmong(figure.among())
            .setTrending(figure.trending())
            .setInsight(figure.insight());
    io.cosmichub.population.trend.Deviation deviation = figure.deviation();
    if (deviation != null) {
      trend.setDeviation(
          Deviation.newBuilder()
              .setZ(deviation.z())
              .setP(deviation.p())
              .setExpected(deviation.expected())
              .setReferences(deviation.references()));
    }
    return encoder.trend(trend.build());
  }
}
