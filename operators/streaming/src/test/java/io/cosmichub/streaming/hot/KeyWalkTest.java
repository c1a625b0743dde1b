package io.cosmichub.streaming.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.Test;

/** How far a walk says that it is; whom it visits is tested where it is used. */
final class KeyWalkTest {

  private static final int PER_SECOND = 25_000; // 500 a page

  private final TestProcessingTimeService time = new TestProcessingTimeService();
  private final List<Stream<String>> opened = new ArrayList<>();
  private int keys = 2_500;
  private int closed;
  private final KeyWalk walk = new KeyWalk(this::keys, time);
  private final List<String> visited = new ArrayList<>();
  private long now;

  @Test
  void itCountsAheadAndSaysWhichPartOfItsKeysItHasSeen() throws Exception {
    assertThat(walk.total()).isZero();
    assertThat(walk.share()).isEqualTo(1);
    walk.begin(PER_SECOND, visited::add, () -> {});
    List<String> progress = new ArrayList<>();
    while (walk.underWay()) {
      pass();
      progress.add(walk.seen() + "/" + walk.total() + " " + walk.share());
    }
    assertThat(progress)
        .containsExactly(
            "500/-1 0.0", "1000/-1 0.0", "1500/2500 0.6", "2000/2500 0.8", "2500/2500 1.0");
    assertThat(visited).hasSize(keys).doesNotHaveDuplicates();
    assertThat(closed).isEqualTo(opened.size());
  }

  @Test
  void anotherWalkBeginsItsCountAnewAndNoIteratorStaysOpen() throws Exception {
    walk.begin(PER_SECOND, visited::add, () -> {});
    pass();
    keys = 800;
    walk.begin(PER_SECOND, visited::add, () -> {});
    assertThat(walk.total()).isEqualTo(-1);
    pass();
    assertThat(walk.seen()).isEqualTo(500);
    assertThat(walk.total()).isEqualTo(800);
    walk.end();
    assertThat(closed).isEqualTo(opened.size());
    pass();
    assertThat(walk.seen()).isEqualTo(500);
  }

  @Test
  void aSlowWalkVisitsNoMoreASecondThanItMay() throws Exception {
    for (int perSecond : new int[] {1, 7, 49, 75}) {
      visited.clear();
      walk.begin(perSecond, visited::add, () -> {});
      for (int second = 1; second <= 3; second++) {
        for (int page = 0; page < 50; page++) {
          pass();
        }
        assertThat(visited).as("after %d s", second).hasSize(second * perSecond);
      }
    }
  }

  @Test
  void aWalkThatIsFasterThanItsCountKnowsItsKeysAtTheEnd() throws Exception {
    walk.begin(10 * PER_SECOND, visited::add, () -> {});
    pass();
    assertThat(walk.underWay()).isFalse();
    assertThat(walk.total()).isEqualTo(2_500);
    assertThat(walk.share()).isEqualTo(1);
  }

  private void pass() throws Exception {
    now += 20;
    time.setCurrentTime(now);
  }

  private Stream<String> keys() {
    Stream<String> stream =
        IntStream.range(0, keys).mapToObj(key -> "key-" + key).onClose(() -> closed++);
    opened.add(stream);
    return stream;
  }
}
