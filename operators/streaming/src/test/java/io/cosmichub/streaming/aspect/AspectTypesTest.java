package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.pair.PairAspectsRecord;
import io.cosmichub.pair.PairWork;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.record.SerializerContract;
import java.util.List;
import java.util.stream.Stream;

final class AspectTypesTest extends SerializerContract {

  private static final AspectSet TRINE =
      AspectSet.builder().put(0, 1, Hit.of(4, 1_234_567)).build();

  @Override
  protected Stream<Case<?>> cases() {
    return Stream.of(
        Case.edge(
            PairResult.TYPE,
            List.of(
                new PairResult(work(PairWork.Kind.COMPUTE, Given.at(10, 20)), TRINE),
                new PairResult(work(PairWork.Kind.CLOSE, Longitudes.NONE), AspectSet.EMPTY))),
        Case.state(
            AspectStates.aspects().getSerializer(),
            List.of(new PairAspectsRecord(4, "classic"), new PairAspectsRecord(0, "modern"))));
  }

  private static PairWork work(PairWork.Kind kind, Longitudes longitudes) {
    return new PairWork(
        "couple-0001", kind, false, "a", "b", 7, 3, longitudes, longitudes, 1, 0, 5, 6);
  }
}
