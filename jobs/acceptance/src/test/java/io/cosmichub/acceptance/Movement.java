package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.acceptance.Goldens.Couple;
import io.cosmichub.acceptance.Goldens.People;
import io.cosmichub.acceptance.Messages.Cell;
import io.cosmichub.acceptance.Messages.Delta;
import io.cosmichub.acceptance.Messages.Held;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * A steady stream whose every delta is known beforehand: in each couple chart A stands still and
 * chart B moves a body at a time, each move one revision, so that no two ways of the pipeline can
 * meet in more than one order.
 */
final class Movement {

  private static final long SEED = 20_260_101;

  private final List<Pair> pairs;
  private final Random random = new Random(SEED);
  private int steps;

  /** Couples of whom nobody is in two, and their charts. */
  Movement(List<Couple> couples, People people) {
    pairs = couples.stream().map(couple -> new Pair(couple, people)).toList();
  }

  /** Sends the watches and both charts of each couple. */
  void begin(Inputs in) {
    pairs.forEach(pair -> pair.begin(in));
    in.flush();
  }

  /** Whether each couple has its first aspects; only then may it move. */
  boolean begun(Outputs out) {
    return pairs.stream().noneMatch(pair -> pair.seen(out).isEmpty());
  }

  /** Moves one body of one chart by up to six degrees. */
  void step(Inputs in) {
    pairs.get(steps % pairs.size()).move(in, random);
    steps++;
  }

  /** How many moves were sent. */
  int steps() {
    return steps;
  }

  /** How many deltas there must be in all. */
  int total() {
    return pairs.stream().mapToInt(pair -> pair.expected.size()).sum();
  }

  /** How many deltas are not there yet. */
  int missing(Outputs out) {
    return total() - pairs.stream().mapToInt(pair -> pair.seen(out).size()).sum();
  }

  /** How many deltas must be there and are not. */
  int lost(Outputs out) {
    return pairs.stream().mapToInt(pair -> pair.lost(out)).sum();
  }

  /** How many deltas are there more than once, or must not be there at all. */
  int doubled(Outputs out) {
    return pairs.stream().mapToInt(pair -> pair.doubled(out)).sum();
  }

  /**
   * Each delta exactly once, in order; the folded set and the compacted record are the aspects of
   * the last charts.
   */
  void assertExactlyOnce(Outputs out) {
    assertThat(lost(out)).as("lost").isZero();
    assertThat(doubled(out)).as("doubled").isZero();
    pairs.forEach(pair -> pair.assertExactlyOnce(out));
  }

  /** The folded set and the compacted record of each couple are the aspects of the last charts. */
  void assertAspects(Outputs out) {
    pairs.forEach(pair -> pair.assertAspects(out));
  }

  private static final class Pair {

    private final Couple couple;
    private final Map<String, Integer> still;
    private final Map<String, Integer> moving;
    private final List<Delta> expected = new ArrayList<>();
    private Map<Cell, Held> aspects = Map.of();
    private long revision = 1;

    Pair(Couple couple, People people) {
      this.couple = couple;
      this.still = people.chart(couple.chartA());
      this.moving = new LinkedHashMap<>(people.chart(couple.chartB()));
    }

    void begin(Inputs in) {
      in.watch(couple.pairId(), couple.chartA(), couple.chartB());
      in.chart(couple.chartA(), revision, still);
      in.chart(couple.chartB(), revision, moving);
      expect();
    }

    void move(Inputs in, Random random) {
      String body = Bodies.CLASSIC.get(random.nextInt(Bodies.CLASSIC.size()));
      int longitude =
          (Objects.requireNonNull(moving.get(body)) + 1 + random.nextInt(6_000_000)) % 360_000_000;
      moving.put(body, longitude);
      revision++;
      in.move(couple.chartB(), revision, Map.of(body, longitude));
      expect();
    }

    List<Delta> seen(Outputs out) {
      return out.deltas(couple.pairId());
    }

    int lost(Outputs out) {
      Set<Delta> seen = new HashSet<>(seen(out));
      return (int) expected.stream().filter(delta -> !seen.contains(delta)).count();
    }

    int doubled(Outputs out) {
      Set<Delta> open = new HashSet<>(expected);
      return (int) seen(out).stream().filter(delta -> !open.remove(delta)).count();
    }

    void assertExactlyOnce(Outputs out) {
      assertThat(seen(out)).isEqualTo(expected);
      assertAspects(out);
      Messages.Aspects latest = Objects.requireNonNull(out.aspects(couple.pairId()));
      assertThat(latest.sequence()).isEqualTo(expected.size());
    }

    void assertAspects(Outputs out) {
      assertThat(out.fold(couple.pairId()).aspects()).isEqualTo(aspects);
      Messages.Aspects latest = Objects.requireNonNull(out.aspects(couple.pairId()));
      assertThat(latest.aspects()).isEqualTo(aspects);
    }

    private void expect() {
      Map<Cell, Held> before = aspects;
      aspects = Oracle.aspects(still, moving);
      if (!aspects.equals(before)) {
        expected.add(
            new Delta(
                couple.pairId(),
                couple.chartA(),
                couple.chartB(),
                1,
                revision,
                "classic",
                expected.size() + 1,
                Inputs.effectiveAt(revision).toString(),
                false,
                Oracle.changes(before, aspects)));
      }
    }
  }
}
