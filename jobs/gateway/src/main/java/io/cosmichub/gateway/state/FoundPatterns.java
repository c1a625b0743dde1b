package io.cosmichub.gateway.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comes together in the newest window of each cohort, of two hundred at most; of each group
 * fifty patterns at most, those that say most. For one thread.
 */
public final class FoundPatterns {
  private static final int MOST_COHORTS = 200;
  private static final int MOST_OF_A_GROUP = 50;
  private static final List<String> GROUPS = List.of("pairs", "high-scorers", "charts");
  private static final List<String> OF_THE_WINDOW =
      List.of("pattern", "cohort", "windowStart", "windowEnd");

  /** Named figures, then the surest lift first; by name where that says nothing. */
  private static final Comparator<Map.Entry<String, ObjectNode>> ORDER =
      Comparator.<Map.Entry<String, ObjectNode>>comparingDouble(entry -> -surest(entry.getValue()))
          .thenComparing(Map.Entry::getKey);

  private static final class Window {
    Instant end = Instant.MIN;
    String startText = "";
    String endText = "";
    final Map<String, Map<String, ObjectNode>> groups = new LinkedHashMap<>();

    Window() {
      GROUPS.forEach(group -> groups.put(group, new HashMap<>()));
    }
  }

  private final Map<String, Window> cohorts = new HashMap<>();

  /**
   * Takes a pattern, the JSON of its topic; {@link IllegalArgumentException} if it names no window
   * or no group.
   *
   * @return the cohort if its newest window has changed, or null
   */
  public @Nullable String apply(ObjectNode pattern) {
    String cohort = pattern.path("cohort").asText();
    String group = pattern.path("group").asText();
    Instant end = end(pattern);
    if (!GROUPS.contains(group)) {
      throw new IllegalArgumentException("the pattern names no group");
    }
    if (!cohorts.containsKey(cohort) && cohorts.size() >= MOST_COHORTS) {
      return null;
    }
    Window window = cohorts.computeIfAbsent(cohort, name -> new Window());
    int order = end.compareTo(window.end);
    if (order < 0) {
      return null;
    }
    if (order > 0) {
      window.groups.values().forEach(Map::clear);
      window.end = end;
      window.startText = pattern.path("windowStart").asText();
      window.endText = pattern.path("windowEnd").asText();
    }
    return put(window.groups.get(group), pattern) ? cohort : null;
  }

  /** What clients are told of a cohort, of which a pattern has been taken. */
  public String message(String cohort) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    Window window = cohorts.get(cohort);
    if (window != null) {
      message.put("windowStart", window.startText).put("windowEnd", window.endText);
      ArrayNode found = message.putArray("found");
      window.groups.values().stream()
          .flatMap(group -> group.entrySet().stream().sorted(ORDER))
          .forEach(entry -> found.add(entry.getValue()));
    }
    return message.toString();
  }

  /** Whether the group is another one now. */
  private static boolean put(@Nullable Map<String, ObjectNode> group, ObjectNode pattern) {
    if (group == null) {
      return false;
    }
    String id = pattern.path("pattern").asText();
    ObjectNode kept = pattern.deepCopy().remove(OF_THE_WINDOW);
    boolean other = !kept.equals(group.put(id, kept));
    if (group.size() > MOST_OF_A_GROUP) {
      String last = group.entrySet().stream().max(ORDER).map(Map.Entry::getKey).orElse(id);
      group.remove(last);
      return !last.equals(id);
    }
    return other;
  }

  /** The lift that remains if the confidence is as low as its interval allows. */
  private static double surest(JsonNode pattern) {
    JsonNode rule = pattern.path("rule");
    if (rule.isMissingNode()) {
      return Double.POSITIVE_INFINITY;
    }
    double confidence = rule.path("confidence").asDouble();
    double low = rule.path("confidenceInterval").path("low").asDouble();
    return confidence > 0 ? rule.path("lift").asDouble() * low / confidence : 0;
  }

  private static Instant end(JsonNode pattern) {
    try {
      return Instant.parse(pattern.path("windowEnd").asText());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the pattern names no window", e);
    }
  }
}
