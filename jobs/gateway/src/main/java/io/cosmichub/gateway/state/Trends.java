package io.cosmichub.gateway.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest window of each cohort, of two hundred at most, and what was remarkable in it and those
 * before. Of how often aspects formed and dissolved it keeps what is trending. For one thread.
 */
public final class Trends {
  private static final int MOST_COHORTS = 200;
  private static final int MOST_INSIGHTS = 12;
  private static final Set<String> TRENDING_ONLY = Set.of("aspect.formed", "aspect.dissolved");
  private static final List<String> OF_THE_WINDOW =
      List.of("metric", "cohort", "windowStart", "windowEnd", "sliding");

  private static final class Window {
    Instant end = Instant.MIN;
    String startText = "";
    String endText = "";
    final Map<String, ObjectNode> figures = new TreeMap<>();
    final Deque<ObjectNode> insights = new ArrayDeque<>();
  }

  private final Map<String, Window> cohorts = new HashMap<>();

  /**
   * Takes a figure, the JSON of its topic; {@link IllegalArgumentException} if it names no window.
   *
   * @return the cohort if its newest window has changed, or null
   */
  public @Nullable String apply(ObjectNode trend) {
    if (trend.path("sliding").asBoolean()) {
      return null;
    }
    String cohort = trend.path("cohort").asText();
    Instant end = end(trend);
    if (!cohorts.containsKey(cohort) && cohorts.size() >= MOST_COHORTS) {
      return null;
    }
    Window window = cohorts.computeIfAbsent(cohort, name -> new Window());
    int order = end.compareTo(window.end);
    if (order < 0) {
      return null;
    }
    if (order > 0) {
      window.figures.clear();
      window.end = end;
      window.startText = trend.path("windowStart").asText();
      window.endText = trend.path("windowEnd").asText();
    }
    boolean remarkable = !trend.path("insight").asText().isEmpty();
    if (remarkable) {
      remember(window, trend);
    }
    if (remarkable
        || trend.path("trending").asBoolean()
        || !TRENDING_ONLY.contains(trend.path("figure").asText())) {
      ObjectNode figure = trend.deepCopy().remove(OF_THE_WINDOW);
      window.figures.put(trend.path("metric").asText(), figure);
    }
    return cohort;
  }

  /** What clients are told of a cohort. */
  public String message(String cohort) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", "trends").put("cohort", cohort);
    Window window = cohorts.get(cohort);
    if (window != null) {
      message.put("windowStart", window.startText).put("windowEnd", window.endText);
      message.putArray("figures").addAll(window.figures.values());
      message.putArray("insights").addAll(window.insights);
    }
    return message.toString();
  }

  /** The newest comes first; a window that is read again says nothing twice. */
  private static void remember(Window window, ObjectNode trend) {
    ObjectNode insight = JsonNodeFactory.instance.objectNode();
    for (String name : List.of("windowStart", "windowEnd", "figure", "item", "insight")) {
      insight.put(name, trend.path(name).asText());
    }
    if (!window.insights.contains(insight)) {
      window.insights.addFirst(insight);
      if (window.insights.size() > MOST_INSIGHTS) {
        window.insights.removeLast();
      }
    }
  }

  private static Instant end(JsonNode trend) {
    try {
      return Instant.parse(trend.path("windowEnd").asText());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the figure names no window", e);
    }
  }
}
