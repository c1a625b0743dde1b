package io.cosmichub.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FoundPatternsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FoundPatterns patterns = new FoundPatterns();

  @Test
  void theNewestWindowCountsInWhateverOrderItsPartsCome() throws Exception {
    assertThat(patterns.apply(pattern("02", "pairs", "old", 1.5))).isEqualTo("all");
    assertThat(patterns.apply(pattern("03", "charts", "yod", 0))).isEqualTo("all");
    assertThat(patterns.apply(pattern("02", "pairs", "older", 2))).isNull();
    assertThat(patterns.apply(pattern("03", "pairs", "new", 1.5))).isEqualTo("all");
    assertThat(patterns.apply(pattern("03", "pairs", "new", 1.5))).as("told twice").isNull();

    JsonNode told = JSON.readTree(patterns.message("all"));
    assertThat(told.path("windowStart").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(told.path("windowEnd").asText()).isEqualTo("2026-01-03T00:00:00Z");
    assertThat(names()).containsExactly("new", "yod");
    assertThat(told.path("found")).noneMatch(one -> one.has("windowEnd") || one.has("cohort"));
  }

  @Test
  void groupsStandInTheirOrderFiguresFirstAndThenTheSurestLift() throws Exception {
    patterns.apply(pattern("02", "charts", "kite", 0));
    patterns.apply(pattern("02", "high-scorers", "high", 9));
    patterns.apply(pattern("02", "pairs", "low", 1.1));
    patterns.apply(pattern("02", "pairs", "sure", 1.5));
    patterns.apply(pattern("02", "pairs", "yod", 0));
    ObjectNode unsure = pattern("02", "pairs", "unsure", 1.8);
    ((ObjectNode) unsure.path("rule").path("confidenceInterval")).put("low", 0.1);
    patterns.apply(unsure);

    assertThat(names()).containsExactly("yod", "sure", "low", "unsure", "high", "kite");
  }

  @Test
  void ofEachGroupTheFiftyThatSayMostAreKeptInWhateverOrderTheyCome() throws Exception {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(7));
    for (int i : order) {
      patterns.apply(pattern("02", "pairs", "p" + i, 1 + i / 100.0));
    }
    patterns.apply(pattern("02", "pairs", "yod", 0));
    patterns.apply(pattern("02", "high-scorers", "h", 1));

    assertThat(names()).hasSize(51).startsWith("yod", "p199", "p198").endsWith("p151", "h");
    assertThat(patterns.apply(pattern("02", "pairs", "weak", 1))).isNull();
  }

  @Test
  void noMoreThanTwoHundredCohortsAreKept() {
    for (int i = 0; i < 200; i++) {
      assertThat(patterns.apply(pattern("02", "pairs", "p", 2).put("cohort", "c" + i)))
          .isEqualTo("c" + i);
    }
    assertThat(patterns.apply(pattern("02", "pairs", "p", 2).put("cohort", "more"))).isNull();
    assertThat(patterns.apply(pattern("03", "pairs", "p", 2).put("cohort", "c7"))).isEqualTo("c7");
  }

  @Test
  void aPatternWithoutAWindowOrOfAnUnknownGroupIsNone() {
    assertThatThrownBy(() -> patterns.apply(JSON.createObjectNode().put("group", "pairs")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> patterns.apply(pattern("02", "strangers", "p", 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(patterns.message("all")).isEqualTo("{}");
  }

  private List<String> names() throws Exception {
    List<String> names = new ArrayList<>();
    JSON.readTree(patterns.message("all"))
        .path("found")
        .forEach(one -> names.add(one.path("then").asText()));
    return names;
  }

  /** A lift of 0 makes it a named figure. */
  private static ObjectNode pattern(String day, String group, String then, double lift) {
    ObjectNode pattern =
        JSON.createObjectNode()
            .put("pattern", "all/PT24H/" + group + "/" + then)
            .put("cohort", "all")
            .put("group", group)
            .put("then", then)
            .put("windowStart", "2026-01-01T00:00:00Z")
            .put("windowEnd", "2026-01-" + day + "T00:00:00Z")
            .put("support", 0.1);
    if (lift > 0) {
      ObjectNode rule = pattern.putObject("rule").put("confidence", 0.5).put("lift", lift);
      rule.putObject("confidenceInterval").put("low", 0.4).put("high", 0.6);
    }
    return pattern;
  }
}
