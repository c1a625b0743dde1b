package io.cosmichub.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.naive.NaiveMatch;
import io.cosmichub.score.RuleScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recorded edge cases: our answer to each stands in {@code golden/edge-expected.tsv}, with the
 * reason where it is not the original's.
 */
final class EdgeCasesTest {
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final List<String> RECORDED = GoldenFiles.lines("edge.jsonl.gz");

  record Expected(
      int line,
      String name,
      boolean refused,
      int aspects,
      double overall,
      double rawTotal,
      List<Integer> natures,
      boolean same,
      String why) {
    static Expected parse(String row) {
      String[] f = row.split("\t", -1);
      boolean refused = f[2].equals("refused");
      return new Expected(
          Integer.parseInt(f[0]),
          f[1],
          refused,
          refused ? 0 : Integer.parseInt(f[3]),
          refused ? 0 : Double.parseDouble(f[4]),
          refused ? 0 : Double.parseDouble(f[5]),
          refused ? List.of() : Stream.of(f[6], f[7], f[8]).map(Integer::valueOf).toList(),
          f[9].equals("same"),
          f[10]);
    }

    @Override
    public String toString() {
      return line + ": " + name;
    }
  }

  static List<Expected> cases() {
    return GoldenFiles.lines("edge-expected.tsv").stream().skip(1).map(Expected::parse).toList();
  }

  @Test
  void everyRecordedCaseHasAnAnswerAndEveryDifferenceAReason() {
    List<Expected> cases = cases();
    assertThat(cases).hasSize(RECORDED.size()).hasSize(64);
    for (Expected expected : cases) {
      Json.Node recorded = Json.parse(RECORDED.get(expected.line() - 1));
      assertThat(recorded.get("case").text()).isEqualTo(expected.name());
      assertThat(expected.why().isBlank()).as(expected.name()).isEqualTo(expected.same());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theAnswerIsTheDocumentedOne(Expected expected) {
    Json.Node recorded = Json.parse(RECORDED.get(expected.line() - 1));
    Longitudes a = read(recorded.get("chart1"));
    Longitudes b = read(recorded.get("chart2"));
    assertThat(a == null || b == null).as("refused").isEqualTo(expected.refused());
    if (a == null || b == null) {
      assertThat(expected.same()).isFalse();
      return;
    }
    AspectSet aspects = NaiveMatch.all(a, b, CLASSIC);
    RuleScore score = RuleScore.of(aspects, CLASSIC);
    assertThat(aspects.size()).isEqualTo(expected.aspects());
    assertThat(score.overall()).isEqualTo(expected.overall());
    assertThat(score.rawTotal()).isCloseTo(expected.rawTotal(), within(1e-9));
    assertThat(List.of(score.harmonious(), score.challenging(), score.neutral()))
        .isEqualTo(expected.natures());
    assertThat(isTheOriginals(aspects, score, recorded.get("traditional")))
        .as("the original's answer")
        .isEqualTo(expected.same());
  }

  @Test
  void aMissingBodyIsNotAtZeroAries() {
    Json.Node bothEmpty = Json.parse(RECORDED.get(0));
    assertThat(bothEmpty.get("traditional").get("aspects").list()).hasSize(100);
    assertThat(NaiveMatch.all(Longitudes.NONE, Longitudes.NONE, CLASSIC))
        .isEqualTo(AspectSet.EMPTY);

    Longitudes sunAtZero = Longitudes.NONE.with(Body.SUN.slot(), 0);
    assertThat(NaiveMatch.all(sunAtZero, Longitudes.NONE, CLASSIC)).isEqualTo(AspectSet.EMPTY);
    assertThat(NaiveMatch.all(sunAtZero, sunAtZero, CLASSIC).size()).isEqualTo(1);
  }

  @Test
  void theScoreDoesNotPairNumbersWithTheWrongAspectsAsTheVectorizedOneDoes() {
    // In the cases just inside a limit every cell holds the same aspect at the same orb, and the
    // weights of 100 cells add up to 205: the recorded score gives away the base that was used.
    Set<String> wrong = new TreeSet<>();
    for (String line : RECORDED) {
      Json.Node recorded = Json.parse(line);
      if (!recorded.get("case").text().endsWith("just inside")) {
        continue;
      }
      List<Json.Node> cell = recorded.get("vectorized").get("aspects").list().get(0).list();
      Aspect aspect = aspectOfId(cell.get(2).text());
      double closeness = 1 - cell.get(3).number() * 1e6 / aspect.maxOrb();
      double implied = recorded.get("vectorized").get("score").number() / (205 * closeness);
      if (Math.abs(implied - aspect.base()) > 0.01) {
        wrong.add(aspect.id());
      }
    }
    assertThat(wrong).isNotEmpty().doesNotContain("conjunction");

    for (String id : wrong) {
      Aspect aspect = aspectOfId(id);
      Longitudes a = allAt(0);
      Longitudes b = allAt(aspect.angle() - aspect.maxOrb() / 2);
      RuleScore score = RuleScore.of(NaiveMatch.all(a, b, CLASSIC), CLASSIC);
      assertThat(score.rawTotal()).as(id).isEqualTo(205 * aspect.base() / 2);
    }
  }

  private static Longitudes allAt(int longitude) {
    int[] slots = new int[Body.COUNT];
    Arrays.fill(slots, MicroDegrees.ABSENT);
    Arrays.fill(slots, 0, 10, longitude);
    return Longitudes.of(slots);
  }

  private static Aspect aspectOfId(String id) {
    return Objects.requireNonNull(CLASSIC.aspectOfId(id), id);
  }

  /** The chart as the domain takes it, or null if it refuses a key or a value. */
  private static @Nullable Longitudes read(Json.Node chart) {
    int[] slots = IntStream.generate(() -> MicroDegrees.ABSENT).limit(Body.COUNT).toArray();
    for (Map.Entry<String, Json.Node> entry : chart.map().entrySet()) {
      Body body = Body.ofId(entry.getKey());
      if (body == null || entry.getValue().isNull()) {
        return null;
      }
      try {
        slots[body.slot()] = MicroDegrees.ofDegrees(degrees(entry.getValue().value()));
      } catch (IllegalArgumentException refused) {
        return null;
      }
    }
    return Longitudes.of(slots);
  }

  /** The record writes the numbers that JSON does not have as text; other text is refused. */
  private static double degrees(Object value) {
    if (value instanceof Double number) {
      return number;
    }
    return switch ((String) value) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      default -> throw new IllegalArgumentException("text");
    };
  }

  private static boolean isTheOriginals(AspectSet aspects, RuleScore score, Json.Node original) {
    if (original.has("error")) {
      return false;
    }
    List<List<Object>> ours = new ArrayList<>();
    aspects.forEach(
        (row, col, hit) ->
            ours.add(List.of(row, col, CLASSIC.aspect(Hit.code(hit)).id(), (long) Hit.orb(hit))));
    List<List<Object>> theirs = new ArrayList<>();
    for (Json.Node cell : original.get("aspects").list()) {
      List<Json.Node> f = cell.list();
      theirs.add(
          List.of(
              f.get(0).integer(),
              f.get(1).integer(),
              f.get(2).text(),
              Math.round(f.get(3).number() * 1e6)));
    }
    Json.Node areas = original.get("breakdown");
    return ours.equals(theirs)
        && score.overall() == original.get("overall_score").number()
        && near(score.areas().emotional(), areas.get("emotional"))
        && near(score.areas().communication(), areas.get("communication"))
        && near(score.areas().physical(), areas.get("physical"))
        && near(score.areas().spiritual(), areas.get("spiritual"))
        && near(score.areas().stability(), areas.get("stability"));
  }

  // The recorded orbs are finer than a micro-degree.
  private static boolean near(double ours, Json.Node theirs) {
    return Math.abs(ours - theirs.number()) < 1e-6;
  }
}
