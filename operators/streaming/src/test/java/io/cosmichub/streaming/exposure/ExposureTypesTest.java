package io.cosmichub.streaming.exposure;

import io.cosmichub.serving.ExposedDays;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.record.SerializerContract;
import java.util.List;
import java.util.stream.Stream;

final class ExposureTypesTest extends SerializerContract {

  @Override
  protected Stream<Case<?>> cases() {
    return Stream.of(
        Case.edge(
            Exposures.TYPE,
            List.of(
                new Exposure("couple-0001", "new-model", "control", Given.INGESTED_AT),
                new Exposure("", "", "", Long.MIN_VALUE))),
        Case.state(
            new ExposedDaysSerializer(),
            List.of(new ExposedDays(20_454, 5), new ExposedDays(-1, Long.MIN_VALUE))));
  }
}
