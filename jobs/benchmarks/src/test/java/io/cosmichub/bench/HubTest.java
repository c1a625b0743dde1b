package io.cosmichub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class HubTest {

  private final Hub hub = new Hub(3, 2, () -> Workload.BEGIN);

  @Test
  void eachPairIsWatchedOnceAndEndsOnce() {
    List<OutputRecord> watches = new ArrayList<>();
    List<OutputRecord> ends = new ArrayList<>();

    hub.watches(watches::add);
    hub.unwatches(ends::add);

    assertThat(watches).extracting(HubTest::key).doesNotHaveDuplicates().hasSize(3);
    assertThat(ends)
        .extracting(HubTest::key)
        .isEqualTo(watches.stream().map(HubTest::key).toList());
    assertThat(watches).allMatch(record -> record.value() != null);
    assertThat(ends)
        .allMatch(record -> record.value() == null && record.topic().equals(Topics.PAIR_WATCHES));
  }

  @Test
  void aPairCountsOnceForWhatIsAwaited() {
    hub.await(Hub.Told.UPDATED);

    hub.seen("hub-0000000/1/1/1", 10);
    hub.seen("pair-0000001/2/1/1", 20);
    hub.seen("hub-0000001/2/1/2", 30);
    hub.seen("hub-0000001/2/1/2", 40);
    hub.seen("hub-0000002/2/1/3/closed", 50);

    assertThat(hub.toldOf()).isEqualTo(1);
    assertThat(hub.lastNanos()).isEqualTo(30);
  }

  @Test
  void countsAnewForTheNextThatIsAwaited() {
    hub.await(Hub.Told.WATCHED);
    hub.seen("hub-0000000/1/1/0", 10);
    assertThat(hub.toldOf()).isEqualTo(1);

    hub.await(Hub.Told.ENDED);
    assertThat(hub.toldOf()).isZero();
    hub.seen("hub-0000000/2/1/3/closed", 20);

    assertThat(hub.toldOf()).isEqualTo(1);
  }

  private static String key(OutputRecord record) {
    return new String(Objects.requireNonNull(record.key()), StandardCharsets.UTF_8);
  }
}
