package io.cosmichub.population.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.population.count.CellCounts;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AnonymityTest {

  private record Pair(String a, String b) {}

  @Test
  void nothingPublishedRestsOnFewerPeopleNorDoesWhatIsLeftOfTheTotal() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Anonymity rule = new Anonymity(2 + random.nextInt(30));
      List<Set<Pair>> cells =
          IntStream.range(0, 1 + random.nextInt(8)).mapToObj(i -> pairs(random)).toList();
      CellCounts counts = new CellCounts(cells.size());
      for (int cell = 0; cell < cells.size(); cell++) {
        for (Pair pair : cells.get(cell)) {
          counts.add(cell, 1, CellCounts.person(pair.a()), CellCounts.person(pair.b()));
        }
      }

      BitSet single = rule.single(counts);
      BitSet parts = rule.parts(counts);

      single.stream()
          .forEach(
              cell -> assertThat(people(cells.get(cell))).isGreaterThanOrEqualTo(rule.people()));
      parts.stream()
          .forEach(
              cell -> assertThat(people(cells.get(cell))).isGreaterThanOrEqualTo(rule.people()));
      Set<Pair> rest = new HashSet<>();
      for (int cell = 0; cell < cells.size(); cell++) {
        if (!parts.get(cell)) {
          rest.addAll(cells.get(cell));
        }
      }
      if (!rest.isEmpty() && !parts.isEmpty()) {
        assertThat(people(rest)).isGreaterThanOrEqualTo(rule.people());
      }
    }
  }

  @Test
  void aFigureOfEnoughPeopleIsPublishedAlthoughSomeLookAlikeToTheSketch() {
    CellCounts counts = new CellCounts(1);
    for (int person = 0; person < 60; person += 2) {
      counts.add(0, 1, CellCounts.person("p" + person), CellCounts.person("p" + (person + 1)));
    }

    assertThat(Anonymity.DEFAULT.single(counts).get(0)).isTrue();
  }

  @Test
  void manyPairsOfOnePersonWithFewOthersStayUnpublished() {
    CellCounts counts = new CellCounts(1);
    for (int watch = 0; watch < 10_000; watch++) {
      counts.add(0, 1, CellCounts.person("star"), CellCounts.person("fan-" + watch % 18));
    }

    assertThat(Anonymity.DEFAULT.single(counts).isEmpty()).isTrue();
  }

  @Test
  void theSmallestPublishedPartHidesTheOneThatIsTooSmall() {
    long[] people = {100, 30, 5, 0};

    BitSet parts = Anonymity.DEFAULT.parts(people.length, cell -> people[cell]);

    assertThat(parts.stream().toArray()).containsExactly(0);
  }

  @Test
  void soManyPairsAreOfNoFewerPeople() {
    assertThat(Anonymity.leastPeople(0)).isZero();
    assertThat(Anonymity.leastPeople(1)).isEqualTo(2);
    assertThat(Anonymity.leastPeople(3)).isEqualTo(3);
    assertThat(Anonymity.leastPeople(4)).isEqualTo(4);
    assertThat(Anonymity.leastPeople(171)).isEqualTo(19);
    assertThat(Anonymity.leastPeople(172)).isEqualTo(20);
    for (long people = 2; people < 100_000; people += 997) {
      assertThat(Anonymity.leastPeople(people * (people - 1) / 2)).isEqualTo((int) people);
    }
  }

  @Test
  void thresholdsThatCannotBeKeptAreRefused() {
    assertThatThrownBy(() -> new Anonymity(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Anonymity(65)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Set<Pair> pairs(Random random) {
    int people = 2 + random.nextInt(60);
    Set<Pair> pairs = new HashSet<>();
    for (int i = random.nextInt(80); i > 0; i--) {
      pairs.add(new Pair("p" + random.nextInt(people), "q" + random.nextInt(people)));
    }
    return pairs;
  }

  private static long people(Set<Pair> pairs) {
    return pairs.stream().flatMap(pair -> Stream.of(pair.a(), pair.b())).distinct().count();
  }
}
