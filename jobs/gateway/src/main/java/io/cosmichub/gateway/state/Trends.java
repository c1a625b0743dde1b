package io.cosmichub.gateway.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest window of each cohort, of everyone and two hundred others at most, and what was
 * remarkable in it and those before. Of how often aspects formed and dissolved it keeps what is
 * trending. Of a window before, to which an insight leads, it keeps what was trending, and how many
 * charts and pairs there were. For one thread.
 */
public final class Trends implements CohortWindows {
  private static final int MOST_INSIGHTS = 12;
  private static final int MOST_TRENDING = 20;
  private static final Set<String> TOTALS =
      Set.of("charts", "pairs", "pairs.active", "pairs.changes");
  private static final Set<String> TRENDING_ONLY = Set.of("aspect.formed", "aspect.dissolved");
  private static final List<String> OF_THE_WINDOW =
      List.of("metric", "cohort", "windowStart", "windowEnd", "sliding");

  private static final class Kept {
    final Map<String, ObjectNode> figures = new TreeMap<>();
    final Deque<ObjectNode> insights = new ArrayDeque<>();
    final Map<String, ObjectNode> before = new TreeMap<>();

    /** A newer window begins; of this one remains what its insights lead to. */
    void leave() {
      insights.stream()
          .filter(
              insight -> figures.values().stream().anyMatch(figure -> sameWindow(insight, figure)))
          .findFirst()
          .ifPresent(insight -> before.put(link(insight), summary(insight, figures.values())));
      figures.clear();
    }

    /** The newest comes first, and with the oldest goes what it alone led to. */
    void remember(ObjectNode insight) {
      insights.addFirst(insight);
      if (insights.size() > MOST_INSIGHTS) {
        insights.removeLast();
        before.keySet().retainAll(insights.stream().map(Trends::link).toList());
      }
    }
  }

  private final NewestWindows<Kept> windows = new NewestWindows<>(Kept::new, Kept::leave);

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
      if (!window.before.isEmpty()) {
        message.putArray("windows").addAll(window.before.values());
      }
    }
    return message.toString();
  }

  /** A window that is read again says nothing twice. */
  private static void remember(Kept window, ObjectNode trend) {
    ObjectNode insight = JsonNodeFactory.instance.objectNode();
    for (String name : List.of("windowStart", "windowEnd", "figure", "item", "insight")) {
      insight.put(name, trend.path(name).asText());
    }
    if (trend.hasNonNull("link")) {
      insight.put("link", link(trend));
    }
    if (!window.insights.contains(insight)) {
      window.remember(insight);
    }
  }

  private static String link(ObjectNode record) {
    return record.path("link").asText();
  }

  private static boolean sameWindow(ObjectNode insight, ObjectNode figure) {
    return insight.has("link") && link(insight).equals(link(figure));
  }

  /** Of the window of an insight, what there was in all and the strongest of what was trending. */
  private static ObjectNode summary(ObjectNode insight, Collection<ObjectNode> figures) {
    ObjectNode window = JsonNodeFactory.instance.objectNode();
    window.set("windowStart", insight.path("windowStart"));
    window.set("windowEnd", insight.path("windowEnd"));
    ArrayNode kept = window.putArray("figures");
    figures.stream()
        .filter(figure -> TOTALS.contains(figure.path("figure").asText()))
        .forEach(kept::add);
    figures.stream()
        .filter(figure -> figure.path("trending").asBoolean())
        .sorted(Comparator.comparingDouble(figure -> -Math.abs(z(figure))))
        .limit(MOST_TRENDING)
        .forEach(kept::add);
    return window;
  }

  private static double z(ObjectNode figure) {
    return figure.path("deviation").path("z").asDouble();
  }
}
