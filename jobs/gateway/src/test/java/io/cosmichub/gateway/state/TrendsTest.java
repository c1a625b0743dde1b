package io.cosmichub.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

final class TrendsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Trends trends = new Trends();

  @Test
  void theNewestWindowCountsInWhateverOrderItsPartsCome() throws Exception {
    assertThat(trends.apply(figure("10", "aspect.held", "sun-moon trine", ""))).isEqualTo("all");
    assertThat(trends.apply(figure("11", "aspect.held", "venus-mars trine", ""))).isEqualTo("all");
    assertThat(trends.apply(figure("10", "aspect.held", "sun-mars trine", ""))).isNull();
    trends.apply(figure("11", "pairs", "", ""));

    JsonNode told = JSON.readTree(trends.message("all"));
    assertThat(told.path("windowEnd").asText()).isEqualTo("2026-01-01T11:00:00Z");
    assertThat(told.path("figures"))
        .extracting(figure -> figure.path("item").asText())
        .containsExactlyInAnyOrder("venus-mars trine", "");
    assertThat(told.path("figures")).noneMatch(figure -> figure.has("windowEnd"));
  }

  @Test
  void ofHowOftenAspectsFormedItKeepsWhatIsTrending() throws Exception {
    trends.apply(figure("10", "aspect.formed", "sun-moon trine", ""));
    trends.apply(figure("10", "aspect.formed", "sun-mars trine", "").put("trending", true));
    assertThat(trends.apply(figure("10", "pairs", "", "").put("sliding", true))).isNull();

    assertThat(JSON.readTree(trends.message("all")).path("figures"))
        .extracting(figure -> figure.path("item").asText())
        .containsExactly("sun-mars trine");
  }

  @Test
  void whatWasRemarkableStaysForSomeWindowsOnceAndTheNewestFirst() throws Exception {
    for (int hour = 10; hour < 24; hour++) {
      trends.apply(figure(Integer.toString(hour), "aspect.held", "sun-moon trine", "up " + hour));
      trends.apply(figure(Integer.toString(hour), "aspect.held", "sun-moon trine", "up " + hour));
    }
    JsonNode insights = JSON.readTree(trends.message("all")).path("insights");
    assertThat(insights).hasSize(12);
    assertThat(insights.path(0).path("insight").asText()).isEqualTo("up 23");
    assertThat(insights.path(11).path("insight").asText()).isEqualTo("up 12");
  }

  @Test
  void anInsightLeadsToWhatWasTrendingInItsWindowForAsLongAsItIsTold() throws Exception {
    for (int hour = 10; hour < 24; hour++) {
      String end = Integer.toString(hour);
      trends.apply(figure(end, "pairs", "", ""));
      trends.apply(figure(end, "aspect.held", "sun-moon square", ""));
      for (int body = 0; body < 25; body++) {
        ObjectNode trending = figure(end, "aspect.formed", "trending " + body, "");
        trending
            .put("trending", true)
            .putObject("deviation")
            .put("z", body % 2 == 0 ? body : -body);
        trends.apply(trending);
      }
      if (hour != 15) {
        trends.apply(figure(end, "aspect.held", "sun-moon trine", "up").put("link", "all/" + end));
      }
    }

    JsonNode told = JSON.readTree(trends.message("all"));
    assertThat(told.path("insights").path(1).path("link").asText()).isEqualTo("all/22");
    JsonNode windows = told.path("windows");
    assertThat(windows)
        .extracting(window -> window.path("windowEnd").asText().substring(11, 13))
        .containsExactly("11", "12", "13", "14", "16", "17", "18", "19", "20", "21", "22");
    assertThat(windows.path(0).path("figures"))
        .extracting(figure -> figure.path("item").asText())
        .hasSize(21)
        .startsWith("", "trending 24", "trending 23")
        .doesNotContain("sun-moon square", "trending 4");
  }

  @Test
  void everyoneIsKeptHoweverManyCohortsCameBefore() {
    for (int i = 0; i < 200; i++) {
      assertThat(trends.apply(figure("10", "pairs", "", "").put("cohort", "c" + i)))
          .isEqualTo("c" + i);
    }
    assertThat(trends.apply(figure("10", "pairs", "", "").put("cohort", "one too many"))).isNull();
    assertThat(trends.apply(figure("10", "pairs", "", "").put("cohort", "everyone")))
        .isEqualTo("everyone");
  }

  @Test
  void aFigureWithoutAWindowIsNone() {
    assertThatThrownBy(() -> trends.apply(JSON.createObjectNode().put("cohort", "all")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(trends.message("all")).isEqualTo("{\"type\":\"trends\",\"cohort\":\"all\"}");
  }

  private static ObjectNode figure(String hour, String figure, String item, String insight) {
    return JSON.createObjectNode()
        .put("metric", "all/PT1H/" + figure + "/" + item)
        .put("cohort", "all")
        .put("figure", figure)
        .put("item", item)
        .put("windowStart", "2026-01-01T09:00:00Z")
        .put("windowEnd", "2026-01-01T" + hour + ":00:00Z")
        .put("value", 0.5)
        .put("insight", insight);
  }
}
