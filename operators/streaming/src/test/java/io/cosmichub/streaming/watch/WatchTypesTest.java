package io.cosmichub.streaming.watch;

import io.cosmichub.pair.PairWatch;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.WatchEntry;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.record.SerializerContract;
import java.util.List;
import java.util.stream.Stream;

final class WatchTypesTest extends SerializerContract {

  @Override
  protected Stream<Case<?>> cases() {
    return Stream.of(
        Case.edge(
            KeyedMembership.TYPE,
            List.of(
                Given.join("person-0244", "couple-0001", Side.A, 5),
                Given.leave("sky", "couple-0001", Side.B, Long.MAX_VALUE))),
        Case.state(
            WatchStates.watch().getSerializer(),
            List.of(
                new WatchEntry("person-0244", "person-0118", 3, 5),
                new WatchEntry("a", "b", PairWatch.NO_REVISION, 0))));
  }
}
