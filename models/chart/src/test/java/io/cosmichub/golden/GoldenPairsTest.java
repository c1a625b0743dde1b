package io.cosmichub.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.naive.NaiveMatch;
import io.cosmichub.score.RuleScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every recorded pair of the product: its aspects, orbs and scores are ours. */
final class GoldenPairsTest {
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();

  private record Cell(String bodyA, String bodyB, String aspect, long orb) {}

  @Test
  void everyRecordedPairHasTheProductsAspectsAndScores() {
    Map<String, Longitudes> charts = GoldenFiles.charts();
    List<String> lines = GoldenFiles.lines("pairs.jsonl.gz");
    assertThat(lines).hasSize(2126);
    for (String line : lines) {
      Json.Node golden = Json.parse(line);
      Longitudes a = Objects.requireNonNull(charts.get(golden.get("chartA").text()));
      Longitudes b = Objects.requireNonNull(charts.get(golden.get("chartB").text()));
      AspectSet aspects = matched(a, b);
      String pair = golden.get("pairId").text();
      assertThat(cells(aspects)).as(pair).isEqualTo(cells(golden.get("aspects").list()));
      check(pair, RuleScore.of(aspects, CLASSIC), golden);
    }
  }

  private static AspectSet matched(Longitudes a, Longitudes b) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < 10; row++) {
      for (int col = 0; col < 10; col++) {
        int hit = CLASSIC.match(MicroDegrees.separation(a.at(row), b.at(col)));
        if (hit != 0) {
          set.put(row, col, hit);
        }
      }
    }
    AspectSet built = set.build();
    assertThat(NaiveMatch.all(a, b, CLASSIC)).isEqualTo(built);
    return built;
  }

  private static void check(String pair, RuleScore score, Json.Node golden) {
    assertThat(score.overall()).as(pair).isEqualTo(golden.get("overall").number());
    assertThat(score.rawTotal()).as(pair).isCloseTo(golden.get("rawTotal").number(), within(1e-9));
    Json.Node areas = golden.get("areas");
    checkArea(pair, "emotional", score.areas().emotional(), areas);
    checkArea(pair, "communication", score.areas().communication(), areas);
    checkArea(pair, "physical", score.areas().physical(), areas);
    checkArea(pair, "spiritual", score.areas().spiritual(), areas);
    checkArea(pair, "stability", score.areas().stability(), areas);
    Json.Node counts = golden.get("natureCounts");
    assertThat(List.of(score.harmonious(), score.challenging(), score.neutral()))
        .as(pair)
        .containsExactly(
            counts.get("harmonious").integer(),
            counts.get("challenging").integer(),
            counts.get("neutral").integer());
  }

  private static void checkArea(String pair, String area, double ours, Json.Node areas) {
    // Recorded with nine decimals: half a unit of the last one, and the last bit of a double.
    assertThat(ours).as(pair + " " + area).isCloseTo(areas.get(area).number(), within(5.1e-10));
  }

  private static List<Cell> cells(AspectSet set) {
    List<Cell> cells = new ArrayList<>();
    set.forEach(
        (row, col, hit) ->
            cells.add(
                new Cell(
                    Body.ofSlot(row).id(),
                    Body.ofSlot(col).id(),
                    CLASSIC.aspect(Hit.code(hit)).id(),
                    Hit.orb(hit))));
    return cells;
  }

  private static List<Cell> cells(List<Json.Node> golden) {
    return golden.stream()
        .map(Json.Node::list)
        .map(
            cell ->
                new Cell(
                    cell.get(0).text(),
                    cell.get(1).text(),
                    cell.get(2).text(),
                    Math.round(cell.get(3).number() * 1e6)))
        .toList();
  }
}
