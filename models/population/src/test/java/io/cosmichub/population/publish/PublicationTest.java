package io.cosmichub.population.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.publish.Crowd.Happened;
import io.cosmichub.population.publish.Crowd.Pair;
import io.cosmichub.population.publish.Crowd.Person;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.population.window.WindowId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever people and pairs there are, no published number of any kind rests on fewer people than
 * the threshold, and neither does what is left of a published whole.
 */
@Tag("any-jvm")
final class PublicationTest {

  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final WindowId WINDOW = new WindowId("everyone", 0, 3_600_000);
  private static final int CROWDS = 600;

  @Test
  void noNumberOfAnyKindRestsOnFewPeopleNorDoesWhatIsLeftOfAWhole() {
    Map<FigureKind, Integer> seen = new EnumMap<>(FigureKind.class);
    for (int seed = 0; seed < CROWDS; seed++) {
      Random random = new Random(seed);
      int people = seed % 3 == 0 ? 2 + random.nextInt(18) : Anonymity.DEFAULT.people();
      Crowd crowd = Crowd.of(random, people);
      Publication publication = new Publication(CLASSIC, new Anonymity(people));
      List<PublishedFigure> figures =
          publication.tumbling(WINDOW, crowd.level(), crowd.within(), List.of(), List.of());
      new Judge(seed, people, crowd, figures).judge(seen);
      for (PublishedFigure figure : publication.sliding(WINDOW, crowd.within())) {
        assertThat(figure.among()).isZero();
        assertThat(figures)
            .as("crowd %s", seed)
            .anyMatch(
                tumbling ->
                    tumbling.metric().equals(figure.metric())
                        && tumbling.count() == figure.count());
      }
    }
    assertThat(seen).containsOnlyKeys(FigureKind.values());
    assertThat(seen.values()).allMatch(count -> count >= 50);
  }

  @Test
  void ofAWindowThatOnlyFewAreLeftAtTheEndOfTheirNumberIsNotSaid() {
    Population level = new Population();
    WindowFigures within = new WindowFigures();
    Random random = new Random(1);
    for (int pair = 0; pair < 50; pair++) {
      PairChange begins = Crowd.begins(random, "pair-" + pair, "a" + pair, "b" + pair);
      PairChange ends =
          new PairChange(
              begins.pairId(), begins.chartA(), begins.chartB(), 0, begins.after(), null);
      List<PairChange> life = pair < 3 ? List.of(begins) : List.of(begins, ends);
      life.forEach(level::apply);
      life.forEach(within::add);
    }

    List<PublishedFigure> figures =
        new Publication(CLASSIC, Anonymity.DEFAULT)
            .tumbling(WINDOW, level, within, List.of(), List.of());

    assertThat(level.pairs()).isEqualTo(3);
    assertThat(figures).extracting(PublishedFigure::kind).contains(FigureKind.CHANGES);
    assertThat(figures).noneMatch(figure -> figure.among() == 3 || figure.count() == 3);
  }

  @Test
  void nothingIsSaidOfHowPairsStandWhoseBeginningsAreYetToCome() {
    Population level = new Population();
    Random random = new Random(2);
    for (int pair = 0; pair < 100; pair++) {
      PairChange begins = Crowd.begins(random, "pair-" + pair, "a" + pair, "b" + pair);
      // A move with an earlier event time than the beginning: what stood is taken back alone.
      level.apply(
          pair % 2 == 0
              ? begins
              : new PairChange(
                  begins.pairId(), begins.chartA(), begins.chartB(), 0, begins.after(), null));
    }

    List<PublishedFigure> figures =
        new Publication(CLASSIC, Anonymity.DEFAULT)
            .tumbling(WINDOW, level, new WindowFigures(), List.of(), List.of());

    assertThat(level.pairs()).isZero();
    assertThat(figures).isEmpty();
  }

  /** Looks at the people themselves. */
  private record Judge(int seed, int least, Crowd crowd, List<PublishedFigure> figures) {

    void judge(Map<FigureKind, Integer> seen) {
      for (PublishedFigure figure : figures) {
        seen.merge(figure.kind(), 1, Integer::sum);
        assertThat(figure.value()).as(figure.metric()).isFinite();
        judge(figure);
      }
      for (int slot = 0; slot < 10; slot++) {
        String same = Crowd.body(slot) + "-" + Crowd.body(slot) + " ";
        rest(same, FigureKind.HELD, same, crowd.pairs(), Pair::holds);
      }
      wholes();
    }

    private void judge(PublishedFigure figure) {
      String item = figure.item();
      String[] words = item.split(" ", 2);
      List<Pair> all = crowd.pairs();
      switch (figure.kind()) {
        case PAIRS -> counted(figure, people(all), all.size());
        case HELD -> {
          List<Pair> having = pairs(pair -> pair.holds(item));
          counted(figure, people(having), having.size());
          enoughOrNone(figure.metric(), people(pairs(pair -> !pair.holds(item))));
          among(figure, people(all), all.size());
        }
        case FORMED -> happened(figure, each -> each.formed().contains(item));
        case DISSOLVED -> happened(figure, each -> each.dissolved().contains(item));
        case CHANGES -> {
          happened(figure, each -> true);
          if (figure.among() != 0) {
            among(figure, people(all), all.size());
          }
        }
        case PAIRS_ACTIVE -> enough(figure.metric(), changed(each -> true));
        case CHARTS_ACTIVE -> enough(figure.metric(), crowd.moved());
        case SCORE_MEAN, AREA_MEAN, SCORE_QUANTILE -> {
          List<Pair> of = pairs(pair -> pair.state().arm().equals(words[0]));
          counted(figure, people(of), of.size());
          if (figure.kind() == FigureKind.SCORE_QUANTILE) {
            double bin = Math.min(95, Math.floor(figure.value() / 5) * 5);
            enough(item, people(of.stream().filter(pair -> pair.score() >= bin).toList()));
            double next = bin == 95 ? 101 : bin + 5;
            enough(item, people(of.stream().filter(pair -> pair.score() < next).toList()));
          }
        }
        case SCORE_BIN -> {
          List<Pair> in = pairs(pair -> pair.in(item));
          counted(figure, people(in), in.size());
          List<Pair> of = pairs(pair -> pair.state().arm().equals(words[0]));
          among(figure, people(of), of.size());
        }
        case ARM_MEAN -> {
          List<Pair> in = pairs(pair -> pair.served(item));
          counted(figure, people(in), in.size());
          among(figure, people(all), all.size());
        }
        case ARM_MODEL_MEAN -> {
          List<Pair> in = pairs(pair -> pair.served(item));
          List<Pair> byModel = in.stream().filter(Pair::byModel).toList();
          counted(figure, people(byModel), byModel.size());
          enoughOrNone(item, people(in.stream().filter(pair -> !pair.byModel()).toList()));
          among(figure, people(in), in.size());
        }
        case CHARTS -> counted(figure, persons(person -> true), crowd.persons().size());
        case MEAN, CONCENTRATION -> {
          Set<String> having = persons(person -> person.has(item));
          counted(figure, having, having.size());
          enoughOrNone(figure.metric(), persons(person -> !person.has(item)));
        }
        case SIGN, ELEMENT, MODALITY -> {
          Set<String> in = persons(person -> person.in(figure.kind(), words[0], words[1]));
          counted(figure, in, in.size());
          Set<String> having = persons(person -> person.has(words[0]));
          among(figure, having, having.size());
        }
      }
    }

    /** What the published parts of a published whole leave of it. */
    private void wholes() {
      Set<String> arms =
          crowd.pairs().stream().map(pair -> pair.state().arm()).collect(Collectors.toSet());
      rest("arms", FigureKind.SCORE_MEAN, "", crowd.pairs(), Pair::scoredBy);
      for (String arm : arms) {
        List<Pair> of = pairs(pair -> pair.scoredBy(arm));
        rest(arm, FigureKind.SCORE_BIN, arm + " ", of, Pair::in);
      }
      for (String experiment : Crowd.EXPERIMENTS) {
        rest(experiment, FigureKind.ARM_MEAN, experiment + " ", crowd.pairs(), Pair::served);
      }
      for (int slot = 0; slot < 10; slot++) {
        String body = Crowd.body(slot);
        for (FigureKind kind : List.of(FigureKind.SIGN, FigureKind.ELEMENT, FigureKind.MODALITY)) {
          List<String> items = items(kind, body + " ");
          Set<String> left =
              persons(
                  person ->
                      person.has(body)
                          && items.stream()
                              .noneMatch(item -> person.in(kind, body, item.split(" ", 2)[1])));
          if (!items.isEmpty()) {
            enoughOrNone(body + " " + kind, left);
          }
        }
      }
    }

    private interface Belongs {
      boolean test(Pair pair, String item);
    }

    private void rest(String whole, FigureKind kind, String prefix, List<Pair> of, Belongs has) {
      List<String> items = items(kind, prefix);
      if (!items.isEmpty()) {
        List<Pair> left =
            of.stream()
                .filter(pair -> items.stream().noneMatch(item -> has.test(pair, item)))
                .toList();
        enoughOrNone("what is left of " + whole, people(left));
      }
    }

    private List<String> items(FigureKind kind, String prefix) {
      return figures.stream()
          .filter(figure -> figure.kind() == kind && figure.item().startsWith(prefix))
          .map(PublishedFigure::item)
          .toList();
    }

    private void happened(PublishedFigure figure, Predicate<Happened> what) {
      counted(figure, changed(what), (int) crowd.happened().stream().filter(what).count());
    }

    private Set<String> changed(Predicate<Happened> what) {
      return crowd.happened().stream()
          .filter(what)
          .flatMap(each -> Stream.of(each.a(), each.b()))
          .collect(Collectors.toSet());
    }

    private List<Pair> pairs(Predicate<Pair> which) {
      return crowd.pairs().stream().filter(which).toList();
    }

    private Set<String> persons(Predicate<Person> which) {
      return crowd.persons().stream().filter(which).map(Person::id).collect(Collectors.toSet());
    }

    private static Set<String> people(List<Pair> pairs) {
      return pairs.stream()
          .flatMap(pair -> Stream.of(pair.a(), pair.b()))
          .collect(Collectors.toSet());
    }

    private void counted(PublishedFigure figure, Set<String> people, int count) {
      assertThat(figure.count()).as("crowd %s: %s", seed, figure.metric()).isEqualTo(count);
      enough(figure.metric(), people);
    }

    private void among(PublishedFigure figure, Set<String> people, int count) {
      assertThat(figure.among()).as("crowd %s: %s", seed, figure.metric()).isEqualTo(count);
      enough("all of " + figure.metric(), people);
    }

    private void enough(String what, Set<String> people) {
      assertThat(people.size()).as("crowd %s: %s", seed, what).isGreaterThanOrEqualTo(least);
    }

    private void enoughOrNone(String what, Set<String> people) {
      assertThat(people.isEmpty() || people.size() >= least)
          .as("crowd %s: %s people of %s", seed, people.size(), what)
          .isTrue();
    }
  }
}
