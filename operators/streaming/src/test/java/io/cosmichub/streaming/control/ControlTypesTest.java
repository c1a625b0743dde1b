package io.cosmichub.streaming.control;

import io.cosmichub.serving.ControlMark;
import io.cosmichub.streaming.record.SerializerContract;
import java.util.List;
import java.util.stream.Stream;

final class ControlTypesTest extends SerializerContract {

  @Override
  protected Stream<Case<?>> cases() {
    return Stream.of(
        Case.state(
            ControlStates.applied().getSerializer(),
            List.of(new ControlMark(7, "0a1b"), new ControlMark(Long.MAX_VALUE, ""))));
  }
}
