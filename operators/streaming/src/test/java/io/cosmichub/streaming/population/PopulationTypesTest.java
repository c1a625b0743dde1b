package io.cosmichub.streaming.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.pattern.Interval;
import io.cosmichub.population.publish.FigureKind;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.population.sample.Sampled;
import io.cosmichub.population.sample.SampledPast;
import io.cosmichub.population.trend.Deviation;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.record.SerializerContract;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;

final class PopulationTypesTest extends SerializerContract {

  @Test
  void aChangeOfBeforeItsRevisionWasSaidIsRead() throws IOException {
    byte[] old = HexFormat.of().parseHex("0104616e6e0000000000000005010001000f4240010001001e8480");

    assertThat(new ChartChangeSerializer().deserialize(new DataInputDeserializer(old)))
        .isEqualTo(new ChartChange("ann", 0, 5, Given.at(1), Given.at(2)));
  }

  @Test
  void aChangeOfBeforeItsCohortsWereSaidIsRead() throws IOException {
    byte[] old =
        HexFormat.of()
            .parseHex("0204616e6e00000000000000070000000000000005010001000f4240010001001e8480");

    assertThat(new ChartChangeSerializer().deserialize(new DataInputDeserializer(old)))
        .isEqualTo(new ChartChange("ann", 7, 5, Given.at(1), Given.at(2)));
  }

  @Override
  protected Stream<Case<?>> cases() {
    WindowFigures figures = new WindowFigures();
    figures.add(new ChartChange("ann", 1, 5, null, Given.at(1, 2, 3)));
    WindowId window = new WindowId("everyone", 0, 3_600_000);
    return Stream.of(
        Case.state(
            PopulationPart.TYPE.createSerializer(new SerializerConfigImpl()),
            List.of(
                PopulationPart.of("everyone", 7_200_000, new PaneClock(3_600_000, 0), figures),
                PopulationPart.of("e", PaneClock.LATE, new PaneClock(1, 0), new WindowFigures()))),
        Case.edge(
            LateChange.TYPE,
            List.of(
                new LateChange("everyone", true, "couple-0001", 1, 0, 3_600_000, 9_000_000),
                new LateChange("everyone", false, "ann", -1, -5, 0, Long.MAX_VALUE))),
        Case.edge(
            PopulationTypes.CHART_CHANGE,
            List.of(
                new ChartChange("ann", 7, 5, Given.at(1), Given.at(2)),
                new ChartChange("ben", 0, 5, null, null),
                new ChartChange("cleo", 1, 5, null, Given.at(2), List.of("a", "b"), List.of("c")))),
        Case.edge(
            PopulationTypes.PUBLISHED_FIGURE,
            List.of(
                new PublishedFigure(
                    window,
                    false,
                    FigureKind.HELD,
                    "venus-mars trine",
                    0.25,
                    1_812,
                    7_248,
                    new Deviation(4.2, 0.001, 0.2, 24),
                    true,
                    "up"),
                new PublishedFigure(
                    window, true, FigureKind.CHANGES, "", 5, 5, 0, null, false, ""))),
        Case.edge(
            SampleChange.TYPE,
            List.of(
                new SampleChange(
                    "everyone", true, 5, 3_600_000, new Sampled(1, 2, Given.at(1), Given.at(2, 3))),
                new SampleChange("everyone", false, 5, 3_600_000, null))),
        Case.state(
            new SampledPastSerializer(),
            List.of(
                SampledPast.NONE
                    .then(SampledPast.SETTLED, new Sampled(1, 2, Given.at(1), Given.at(2)))
                    .then(3_600_000, Sampled.chart(3, Given.at(4))),
                SampledPast.NONE)),
        Case.edge(
            PopulationTypes.PUBLISHED_PATTERN,
            List.of(
                new PublishedPattern(
                    window,
                    PublishedPattern.Group.HIGH_SCORERS,
                    List.of("sun-moon trine", "sun-sun square"),
                    "venus-mars trine",
                    25,
                    100,
                    0.25,
                    new Interval(0.2, 0.3),
                    new PublishedPattern.Rule(0.5, new Interval(0.4, 0.6), 2),
                    0.1),
                new PublishedPattern(
                    window,
                    PublishedPattern.Group.CHARTS,
                    List.of(),
                    "yod",
                    25,
                    100,
                    0.25,
                    new Interval(0.2, 0.3),
                    null,
                    0.1))));
  }
}
