package io.cosmichub.gateway.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cosmichub.contracts.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The charts that a chart scores highest with: of when it last changed, else of the newest scan of
 * everyone. Thread-safe.
 */
public final class ChartMatches {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVERYONE = "everyone";

  private final BestLists changes;
  private final BestLists scan;

  /** Keeps so many bytes of each of the two. */
  public ChartMatches(long bytes) {
    changes = new BestLists(bytes);
    scan = new BestLists(bytes);
  }

  /** Those of charts when they last changed; by chart, or by cohort, a tab and chart. */
  public BestLists changes() {
    return changes;
  }

  /** Those of the newest scan, by chart. */
  public BestLists scan() {
    return scan;
  }

  /** The list without charts that are not allowed, and which topic it is from; null if none is. */
  public @Nullable ObjectNode find(String chart, String cohort, Predicate<String> allowed) {
    boolean everyone = cohort.equals(EVERYONE);
    byte[] list = changes.find(everyone ? chart : cohort + "\t" + chart);
    if (list != null) {
      return only(list, allowed).put("topic", Topics.CHART_MATCHES);
    }
    byte[] scanned = everyone ? scan.find(chart) : null;
    return scanned == null ? null : only(scanned, allowed).put("topic", Topics.POPULATION_MATCHES);
  }

  private static ObjectNode only(byte[] json, Predicate<String> allowed) {
    ObjectNode list;
    try {
      list = (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("what was read once cannot be read again", e);
    }
    JsonNode all = list.path("matches");
    ArrayNode kept = list.putArray("matches");
    for (JsonNode match : all) {
      if (allowed.test(match.path("chartId").asText())) {
        kept.add(match);
      }
    }
    return list;
  }
}
