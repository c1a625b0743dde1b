package io.cosmichub.streaming.ingest;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Houses;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.Topics;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.record.SerializerContract;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

final class IngestTypesTest extends SerializerContract {

  @Override
  protected Stream<Case<?>> cases() {
    return Stream.of(
        Case.edge(
            ChartInput.TYPE,
            List.of(
                everything(),
                Given.chart("empty", 0, Given.at()),
                Given.move("sky", Long.MAX_VALUE, Given.at(1, 2)),
                Given.erase("person-0244"))),
        Case.edge(
            WatchInput.TYPE,
            List.of(
                Given.watch("couple-0001", "person-0244", "person-0118", 3),
                Given.watch("couple-0001", "person-0244", "sky"),
                Given.unwatch("couple-0001"))),
        Case.edge(
            ControlInput.TYPE,
            List.of(
                new ControlInput(
                    "who", Models.flag(3, 0.25, "m", ""), Given.raw(Topics.CONTROL, "who", "{}")),
                new ControlInput("who", null, Given.raw(Topics.CONTROL, "who", null)))),
        Case.edge(
            DeadLetters.TYPE,
            List.of(
                new DeadLetter(
                    Given.raw(Topics.CHART_UPDATES, "k", "{"),
                    DeadLetterCode.BROKEN_JSON,
                    "not an object",
                    DecodeCharts.STAGE))));
  }

  private static ChartInput everything() {
    int[] cusps = new int[Houses.COUNT];
    Arrays.setAll(cusps, house -> house * 30_000_000);
    ChartUpdate update =
        ChartUpdate.builder("person-0244", 7)
            .effectiveAt(Given.INGESTED_AT)
            .partial(true)
            .position(Body.SUN, new Position(89_579_059, 953_700))
            .position(Body.VERTEX, new Position(0, Position.UNKNOWN_SPEED))
            .cusps(cusps)
            .cohorts(List.of("people", "\u00e9t\u00e9"))
            .build();
    return new ChartInput(
        Given.key("person-0244"),
        "person-0244",
        update,
        Given.raw(Topics.CHART_MOVES, "person-0244", "{}"));
  }
}
