package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsCompiler.class)
final class WorkLayoutTest {

  @Test
  void everyFieldIsWhereTheDeviceCodeLooksForIt() {
    LongStream policy =
        LongStream.of(
            PolicyTable.BYTES,
            Work.BYTES,
            PolicyTable.MULTIPLIER,
            PolicyTable.WEIGHT,
            PolicyTable.HALF,
            PolicyTable.WIDTH,
            PolicyTable.PER_WIDTH,
            PolicyTable.COUNT_OF_ASPECTS,
            PolicyTable.COUNT_OF_BODIES,
            PolicyTable.ANGLE,
            PolicyTable.MAX_ORB,
            PolicyTable.CODE,
            PolicyTable.SLOT,
            PolicyTable.PAIR_WEIGHT,
            PolicyTable.STEP_ORB,
            PolicyTable.STEP_MULTIPLIER);
    LongStream addresses = Stream.of(Work.At.values()).mapToLong(Work.At::offset);
    LongStream numbers = Stream.of(Work.Of.values()).mapToLong(Work.Of::offset);

    HostDevice device = new HostSessions().start(false);
    long[] offsets = device.offsets();
    device.close();

    assertThat(offsets)
        .containsExactly(
            LongStream.concat(policy, LongStream.concat(addresses, numbers)).toArray());
  }
}
