package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PairSplitTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.of(AspectPolicy.classic(), Set.of(FeatureGroup.AREAS));

  @Test
  void heldOutRowsAreOfOtherPairsAndLater() {
    List<LabelledPair> rows = SimulatedData.of(SCHEMA, 500, 0, 1).rows();
    PairSplit split = PairSplit.of(rows, 1);
    Set<String> trained = groups(split.train());
    long last = split.train().stream().mapToLong(LabelledPair::at).max().orElseThrow();

    assertThat(split.heldOut()).isNotEmpty();
    assertThat(split.heldOut())
        .allSatisfy(
            row -> {
              assertThat(trained).doesNotContain(row.group());
              assertThat(row.at()).isGreaterThan(last);
            });
    assertThat(split.train().size() + split.heldOut().size() + split.left()).isEqualTo(1_000);
  }

  @Test
  void everyRowIsHeldOutOfOneFoldAndNoGroupOfTwo() {
    List<LabelledPair> rows = SimulatedData.of(SCHEMA, 100, 0, 2).rows();
    Set<String> seen = new HashSet<>();
    int heldOut = 0;
    for (PairSplit fold : PairSplit.folds(rows, 3, 2)) {
      assertThat(groups(fold.train())).doesNotContainAnyElementsOf(groups(fold.heldOut()));
      assertThat(seen).doesNotContainAnyElementsOf(groups(fold.heldOut()));
      seen.addAll(groups(fold.heldOut()));
      heldOut += fold.heldOut().size();
    }
    assertThat(heldOut).isEqualTo(rows.size());
  }

  @Test
  void pairsThatShareAChartStayTogether() {
    PairRows rows = new PairRows(SCHEMA);
    Longitudes sun = Longitudes.NONE.with(Body.SUN.slot(), 0);
    rows.add(feedback("p1", "a", "b"), sun, sun);
    rows.add(feedback("p2", "b", "c"), sun, sun);
    for (int i = 0; i < 20; i++) {
      rows.add(feedback("q" + i, "x" + i, "y" + i), sun, sun);
    }
    List<LabelledPair> grouped = rows.rows();

    assertThat(grouped.get(0).group()).isEqualTo(grouped.get(1).group());
    assertThat(groups(grouped)).hasSize(21);
  }

  @Test
  void feedbackNeverMeetsALaterChart() {
    ChartHistory history = new ChartHistory();
    Longitudes early = Longitudes.NONE.with(Body.SUN.slot(), 1);
    Longitudes late = Longitudes.NONE.with(Body.SUN.slot(), 2);
    history.add("a", 100, early);
    history.add("a", 200, late);

    assertThat(history.at("a", 99)).isNull();
    assertThat(history.at("a", 100)).isEqualTo(early);
    assertThat(history.at("a", 199)).isEqualTo(early);
    assertThat(history.at("a", 200)).isEqualTo(late);
    assertThat(history.at("b", 200)).isNull();
  }

  private static PairRows.Feedback feedback(String pair, String a, String b) {
    return new PairRows.Feedback(pair, a, b, 0, 1, Double.NaN);
  }

  private static Set<String> groups(List<LabelledPair> rows) {
    return rows.stream().map(LabelledPair::group).collect(Collectors.toSet());
  }
}
