package io.cosmichub.streaming.pair;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.SideRegister;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.record.SerializerContract;
import java.util.List;
import java.util.stream.Stream;

final class PairTypesTest extends SerializerContract {

  @Override
  protected Stream<Case<?>> cases() {
    SideRegister known = new SideRegister(5, "person-0244", true, 1, 7, 8, Given.at(1, 2, 3));
    SideRegister unknown =
        new SideRegister(
            5, "sky", false, 0, SideUpdate.NO_REVISION, Given.INGESTED_AT, Longitudes.NONE);
    return Stream.of(
        Case.state(
            PairStates.pair().getSerializer(),
            List.of(
                new PairRecord(known, known, true),
                new PairRecord(unknown, known, false),
                new PairRecord(known, null, false))));
  }
}
