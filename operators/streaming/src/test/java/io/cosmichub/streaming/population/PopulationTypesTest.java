package io.cosmichub.streaming.population;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.publish.FigureKind;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.trend.Deviation;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.record.SerializerContract;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;

final class PopulationTypesTest extends SerializerContract {

  @Override
  protected Stream<Case<?>> cases() {
    WindowFigures figures = new WindowFigures();
    figures.add(new ChartChange("ann", 5, null, Given.at(1, 2, 3)));
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
                new ChartChange("ann", 5, Given.at(1), Given.at(2)),
                new ChartChange("ben", 5, null, null))),
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
                    window, true, FigureKind.CHANGES, "", 5, 5, 0, null, false, ""))));
  }
}
