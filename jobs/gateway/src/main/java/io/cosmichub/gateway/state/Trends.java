package io.cosmichub.gateway.state;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest window of each cohort, of two hundred at most, and what was remarkable in it and those
 * before. Of how often aspects formed and dissolved it keeps what is trending. For one thread.
 */
public final class Trends implements CohortWindows {
  private static final int MOST_INSIGHTS = 12;
  private static final Set<String> TRENDING_ONLY = Set.of("aspect.formed", "aspect.dissolved");
  private static final List<String> OF_THE_WINDOW =
      List.of("metric", "cohort", "windowStart", "windowEnd", "sliding");

  private static final class Kept {
    final Map<String, ObjectNode> figures = new TreeMap<>();
    final Deque<ObjectNode> insights = new ArrayDeque<>();
  }

  private final NewestWindows<Kept> windows =
      new NewestWindows<>(Kept::new, kept -> kept.figures.clear());

  @Override
  public @Nullable String apply(ObjectNode trend) {
    if (trend.path("sliding").asBoolean()) {
      return null;
    }
    Kept window = windows.of(trend);
    if (window == null) {
      return null;
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
    return trend.path("cohort").asText();
  }

  @Override
  public String message(String cohort) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", "trends").put("cohort", cohort);
    Kept window = windows.describe(cohort, message);
    if (window != null) {
      message.putArray("figures").addAll(window.figures.values());
      message.putArray("insights").addAll(window.insights);
    }
    return message.toString();
  }

  /** The newest comes first; a window that is read again says nothing twice. */
  private static void remember(Kept window, ObjectNode trend) {
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
}
