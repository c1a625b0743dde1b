package io.cosmichub.population.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.pattern.HeldCells;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.publish.PublishedPattern.Group;
import io.cosmichub.population.sample.Sampled;
import io.cosmichub.population.shape.ShapeFinder;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.score.RuleScore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is published of samples, against looking at every row. */
final class PatternPublicationTest {

  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final WindowId WINDOW = new WindowId("everyone", 0, 86_400_000);
  private static final int MOST = 50;

  /** A pair, the names of what it holds, the figures across it, and its score. */
  private record Row(Sampled pair, Set<String> held, Set<String> shapes, double score) {}

  private final PatternPublication publication =
      new PatternPublication(CLASSIC, Anonymity.DEFAULT, MOST);

  @Test
  void everyFigureIsThatOfLookingAtEveryPair() {
    List<Row> rows = rows(4_000, 120, 1);
    List<PublishedPattern> published = published(rows);

    assertThat(published).extracting(PublishedPattern::group).contains(Group.PAIRS);
    assertThat(published).extracting(PublishedPattern::id).doesNotHaveDuplicates();
    for (Group group : List.of(Group.PAIRS, Group.HIGH_SCORERS)) {
      List<Row> of = group == Group.PAIRS ? rows : high(rows);
      List<PublishedPattern> patterns =
          published.stream().filter(each -> each.group() == group && each.rule() != null).toList();
      assertThat(patterns).isNotEmpty().hasSizeLessThanOrEqualTo(MOST);
      for (PublishedPattern pattern : patterns) {
        long given = count(of, row -> row.held.containsAll(pattern.given()));
        long then = count(of, row -> row.held.contains(pattern.then()));
        long both = count(of, row -> holds(row, pattern));
        PublishedPattern.Rule rule = Objects.requireNonNull(pattern.rule());
        assertThat(pattern.count()).isEqualTo(both);
        assertThat(pattern.among()).isEqualTo(of.size());
        assertThat(pattern.support()).isEqualTo((double) both / of.size());
        assertThat(rule.confidence()).isEqualTo((double) both / given);
        assertThat(rule.lift()).isEqualTo((double) both / given * of.size() / then);
        assertThat(pattern.supportInterval().low()).isLessThan(pattern.support());
        assertThat(pattern.supportInterval().high()).isGreaterThan(pattern.support());
        assertThat(pattern.sample()).isEqualTo(0.25);
      }
    }
    for (PublishedPattern shape : published) {
      if (shape.rule() == null) {
        assertThat(shape.count()).isEqualTo(count(rows, row -> row.shapes.contains(shape.then())));
      }
    }
    assertThat(published)
        .filteredOn(each -> each.rule() == null)
        .extracting(PublishedPattern::then)
        .contains("grand_trine", "yod");
  }

  @Test
  void nothingRestsOnFewPeopleNorDoesWhatIsLeftOfIt() {
    for (int seed = 0; seed < 20; seed++) {
      List<Row> rows = rows(150, 12 + 6 * seed, seed);
      List<Row> high = high(rows);
      List<Row> rest = rows.stream().filter(row -> !high.contains(row)).toList();
      for (PublishedPattern pattern : published(rows)) {
        List<Row> of = pattern.group() == Group.PAIRS ? rows : high;
        Predicate<Row> has =
            pattern.rule() == null
                ? row -> row.shapes.contains(pattern.then())
                : row -> holds(row, pattern);
        assertThat(people(of, has)).isGreaterThanOrEqualTo(20);
        if (pattern.rule() == null) {
          assertEnoughOrNone(of, has.negate());
          continue;
        }
        Predicate<Row> given = row -> row.held.containsAll(pattern.given());
        Predicate<Row> then = row -> row.held.contains(pattern.then());
        assertEnoughOrNone(of, given.and(then.negate()));
        assertEnoughOrNone(of, then.and(given.negate()));
        if (pattern.group() == Group.HIGH_SCORERS) {
          assertEnoughOrNone(rest, has);
          assertEnoughOrNone(rest, given);
          assertEnoughOrNone(rest, then);
        }
      }
    }
  }

  @Test
  void manyWatchesOfFewPeopleAreFewPeople() {
    List<Row> rows = rows(2, 19, 4);
    List<Row> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.addAll(rows);
    }
    assertThat(published(many)).isEmpty();
    assertThat(published(List.of())).isEmpty();
  }

  @Test
  void figuresOfChartsAreCounted() {
    ShapeFinder finder = new ShapeFinder(CLASSIC);
    Random random = new Random(8);
    List<Sampled> charts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      charts.add(Sampled.chart(i, random(random)));
    }

    List<PublishedPattern> published = publication.charts(WINDOW, charts, 1);

    assertThat(published).extracting(PublishedPattern::then).contains("t_square", "stellium");
    for (PublishedPattern figure : published) {
      long having =
          charts.stream()
              .filter(
                  chart ->
                      finder.inChart(chart.a()).stream()
                          .anyMatch(shape -> shape.kind().id().equals(figure.then())))
              .count();
      assertThat(figure.count()).isEqualTo(having).isBetween(20L, 480L);
      assertThat(figure.among()).isEqualTo(500);
      assertThat(figure.id()).isEqualTo("everyone/PT24H/charts/" + figure.then());
    }
  }

  private List<PublishedPattern> published(List<Row> rows) {
    return publication.pairs(WINDOW, rows.stream().map(Row::pair).toList(), 0.25);
  }

  private static boolean holds(Row row, PublishedPattern pattern) {
    return row.held.containsAll(pattern.given()) && row.held.contains(pattern.then());
  }

  private static long count(List<Row> rows, Predicate<Row> has) {
    return rows.stream().filter(has).count();
  }

  private static int people(List<Row> rows, Predicate<Row> has) {
    Set<Long> people = new HashSet<>();
    rows.stream()
        .filter(has)
        .forEach(row -> people.addAll(List.of(row.pair.personA(), row.pair.personB())));
    return people.size();
  }

  private static void assertEnoughOrNone(List<Row> rows, Predicate<Row> has) {
    int people = people(rows, has);
    assertThat(people == 0 || people >= 20).isTrue();
  }

  /** The highest tenth, and whoever has the score of its last. */
  private static List<Row> high(List<Row> rows) {
    double[] scores = rows.stream().mapToDouble(Row::score).sorted().toArray();
    double high = scores[scores.length - 1 - (scores.length - 1) / 10];
    return rows.stream().filter(row -> row.score >= high).toList();
  }

  private static List<Row> rows(int pairs, int people, int seed) {
    Random random = new Random(seed);
    List<Longitudes> charts = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      charts.add(random(random));
    }
    ShapeFinder finder = new ShapeFinder(CLASSIC);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      int a = random.nextInt(people);
      int b = (a + 1 + random.nextInt(people - 1)) % people;
      AspectSet set = Crowd.set(charts.get(a), charts.get(b));
      Set<String> held =
          HeldCells.of(set).stream()
              .mapToObj(cell -> AspectCell.id(cell, CLASSIC))
              .collect(Collectors.toSet());
      Set<String> shapes =
          finder.across(charts.get(a), charts.get(b)).stream()
              .map(shape -> shape.kind().id())
              .collect(Collectors.toSet());
      rows.add(
          new Row(
              new Sampled(a, b, charts.get(a), charts.get(b)),
              held,
              shapes,
              RuleScore.of(set, CLASSIC).overall()));
    }
    return rows;
  }

  /** Ten bodies, now and then without the Moon. */
  private static Longitudes random(Random random) {
    Longitudes chart = Longitudes.NONE;
    for (int slot = 0; slot < 10; slot++) {
      if (slot != 1 || random.nextInt(8) > 0) {
        chart = chart.with(slot, random.nextInt(MicroDegrees.CIRCLE));
      }
    }
    return chart;
  }
}
