package io.cosmichub.streaming.fanout;

import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartReducer;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.ErasedMark;
import io.cosmichub.fanout.FanOutCursor;
import io.cosmichub.fanout.Member;
import io.cosmichub.fanout.MemberPage;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.record.SerializerContract;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class FanOutTypesTest extends SerializerContract {

  @Override
  protected Stream<Case<?>> cases() {
    ChartRecord first = apply(null, Given.chart("person-0244", 7, Given.at(10, 20, 30)));
    return Stream.of(
        Case.state(
            FanOutStates.chart().getSerializer(),
            List.of(first, apply(first, Given.move("person-0244", 9, Given.at(11))))),
        Case.state(
            FanOutStates.erased().getSerializer(),
            List.of(new ErasedMark(2, 3), new ErasedMark(0, -1))),
        Case.state(
            FanOutStates.cursor().getSerializer(),
            List.of(new FanOutCursor(3, 2, 1), FanOutCursor.EMPTY)),
        Case.state(
            FanOutStates.round().getSerializer(),
            List.of(
                new Round("person-0244", Given.INGESTED_AT, Given.INGESTED_AT, 5),
                new Round("", ChartUpdate.NO_TIME, 0, 0))),
        Case.state(
            FanOutStates.pages().getValueSerializer(),
            List.of(
                new MemberPage(
                    List.of(new Member("couple-0001", 0, 5), new Member("couple-0002", 1, 6))),
                MemberPage.EMPTY)));
  }

  private static ChartRecord apply(@Nullable ChartRecord before, ChartInput input) {
    ChartUpdate update = Objects.requireNonNull(input.update());
    return Objects.requireNonNull(new ChartReducer(0).apply(before, update).after());
  }
}
