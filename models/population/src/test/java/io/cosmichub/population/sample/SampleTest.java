package io.cosmichub.population.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.chart.Longitudes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SampleTest {

  private static Sampled at(int sun) {
    return Sampled.chart(7, Longitudes.NONE.with(0, sun));
  }

  @Test
  void aShareIsTakenAndAHalfIsAPartOfIt() {
    SampleShare tenth = SampleShare.of(0.1);
    SampleShare twentieth = tenth.half();
    List<Long> hashes =
        IntStream.range(0, 20_000).mapToObj(i -> SampleShare.hash("pair-" + i)).toList();

    List<Long> taken = hashes.stream().filter(tenth::takes).toList();
    List<Long> half = hashes.stream().filter(twentieth::takes).toList();

    assertThat(tenth.share()).isCloseTo(0.1, within(1e-12));
    assertThat(twentieth.share()).isCloseTo(0.05, within(1e-12));
    // Six standard deviations.
    assertThat(taken.size()).isBetween(2_000 - 260, 2_000 + 260);
    assertThat(half.size()).isBetween(1_000 - 190, 1_000 + 190);
    assertThat(taken).containsAll(half);
    assertThat(hashes).allMatch(SampleShare.of(1)::takes).doesNotHaveDuplicates();
  }

  @Test
  void whatComesLaterCountsFromItsWindowOn() {
    SampledPast past = SampledPast.NONE.then(20, at(1)).then(30, at(2));
    assertThat(past.at(10)).isNull();
    assertThat(past.at(20)).isEqualTo(at(1));
    assertThat(past.at(30)).isEqualTo(at(2));

    // It came after the other, so it is newer, though it counts from an earlier window on.
    assertThat(past.then(20, at(3)).at(30)).isEqualTo(at(3));
    assertThat(past.then(SampledPast.SETTLED, at(4)).at(10)).isEqualTo(at(4));
    assertThat(past.then(SampledPast.SETTLED, at(4)).at(30)).isEqualTo(at(4));
  }

  @Test
  void whatIsSettledAnswersTheSameForEveryWindowThatIsOpen() {
    Random random = new Random(3);
    for (int history = 0; history < 1_000; history++) {
      SampledPast past = SampledPast.NONE;
      SampledPast settled = SampledPast.NONE;
      List<Long> ends = new ArrayList<>();
      List<Sampled> states = new ArrayList<>();
      int closed = 0;
      for (int step = 0; step < 12; step++) {
        if (random.nextInt(3) == 0) {
          closed++;
          settled = settled.settled(closed);
          assertThat(settled.entries().size()).isLessThanOrEqualTo(6);
        } else {
          long end = closed + 1 + random.nextInt(4);
          end = random.nextInt(5) == 0 ? SampledPast.SETTLED : end;
          past = past.then(end, at(step));
          settled = settled.then(end, at(step));
          ends.add(end);
          states.add(at(step));
        }
        for (int end = closed; end < closed + 6; end++) {
          assertThat(settled.at(end)).isEqualTo(past.at(end)).isEqualTo(at(end, ends, states));
        }
      }
    }
  }

  /** The last that came, of all that count by then. */
  private static @Nullable Sampled at(long end, List<Long> ends, List<Sampled> states) {
    for (int i = ends.size() - 1; i >= 0; i--) {
      if (ends.get(i) <= end) {
        return states.get(i);
      }
    }
    return null;
  }
}
