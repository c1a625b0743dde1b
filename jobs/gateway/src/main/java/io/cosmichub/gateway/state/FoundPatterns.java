package io.cosmichub.gateway.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
public final class FoundPatterns implements CohortWindows {
  private static final int MOST_OF_A_GROUP = 50;
  private static final List<String> GROUPS = List.of("pairs", "high-scorers", "charts");
  private static final List<String> OF_THE_WINDOW =
      List.of("pattern", "cohort", "windowStart", "windowEnd");

  /** Named figures, then the surest lift first; by name where that says nothing. */
  private static final Comparator<Map.Entry<String, ObjectNode>> ORDER =
      Comparator.<Map.Entry<String, ObjectNode>>comparingDouble(entry -> -surest(entry.getValue()))
          .thenComparing(Map.Entry::getKey);

  private final NewestWindows<Map<String, Map<String, ObjectNode>>> windows =
      new NewestWindows<>(FoundPatterns::none, groups -> groups.values().forEach(Map::clear));

  /** {@link IllegalArgumentException} if the pattern names no window or no group. */
  @Override
  public @Nullable String apply(ObjectNode pattern) {
    String group = pattern.path("group").asText();
    if (!GROUPS.contains(group)) {
      throw new IllegalArgumentException("the pattern names no group");
    }
    Map<String, Map<String, ObjectNode>> groups = windows.of(pattern);
    return groups != null && put(groups.get(group), pattern)
        ? pattern.path("cohort").asText()
        : null;
  }

  /** Of a cohort of which a pattern has been taken. */
  @Override
  public String message(String cohort) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    Map<String, Map<String, ObjectNode>> groups = windows.describe(cohort, message);
    if (groups != null) {
      ArrayNode found = message.putArray("found");
      groups.values().stream()
          .flatMap(group -> group.entrySet().stream().sorted(ORDER))
          .forEach(entry -> found.add(entry.getValue()));
    }
    return message.toString();
  }

  private static Map<String, Map<String, ObjectNode>> none() {
    Map<String, Map<String, ObjectNode>> groups = new LinkedHashMap<>();
    GROUPS.forEach(group -> groups.put(group, new HashMap<>()));
    return groups;
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
}
