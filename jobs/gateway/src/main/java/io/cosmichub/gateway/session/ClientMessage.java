package io.cosmichub.gateway.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client asks for. */
sealed interface ClientMessage {

  /** A pair, and which of its states the client holds, as the gateway called it, if any. */
  record Wanted(String id, @Nullable String version) {}

  /** What there is besides pairs: all pairs of charts, and things of which one wants the latest. */
  record Others(List<String> charts, Set<Key> keys) {}

  record Subscribe(List<Wanted> pairs, Others others) implements ClientMessage {}

  record Unsubscribe(List<String> pairs, Others others) implements ClientMessage {}

  /** Tell me when the pair's score crosses the threshold; or no more. */
  record Alert(String pair, double threshold, boolean on) implements ClientMessage {}

  record Ping() implements ClientMessage {}

  /** What is wrong with a message, in words for whoever wrote it. */
  final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The longest id of the contract. */
  int LONGEST_ID = 128;

  static ClientMessage read(String text) throws Unreadable {
    JsonNode message;
    try {
      message = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Unreadable("the message is not JSON");
    }
    if (!message.isObject()) {
      throw new Unreadable("the message is not a JSON object");
    }
    switch (message.path("type").asText()) {
      case "subscribe" -> {
        List<Wanted> pairs = new ArrayList<>();
        for (JsonNode pair : list(message, "pairs")) {
          JsonNode version = pair.path("version");
          pairs.add(
              new Wanted(
                  id(pair.isObject() ? pair.path("id") : pair),
                  version.isTextual() ? version.textValue() : null));
        }
        return new Subscribe(pairs, others(message));
      }
      case "unsubscribe" -> {
        return new Unsubscribe(ids(message, "pairs"), others(message));
      }
      case "alert" -> {
        JsonNode threshold = message.path("threshold");
        if (!threshold.isNumber() || threshold.doubleValue() < 0 || threshold.doubleValue() > 100) {
          throw new Unreadable("threshold is not a number from 0 to 100");
        }
        return new Alert(
            id(message.path("pair")), threshold.doubleValue(), message.path("on").asBoolean(true));
      }
      case "ping" -> {
        return new Ping();
      }
      default -> throw new Unreadable("type is none of subscribe, unsubscribe, alert, ping");
    }
  }

  private static Others others(JsonNode message) throws Unreadable {
    Set<Key> keys = new LinkedHashSet<>();
    ids(message, "positions").forEach(chart -> keys.add(Key.positions(chart)));
    ids(message, "trends").forEach(cohort -> keys.add(Key.trends(cohort)));
    if (message.path("pipeline").asBoolean(false)) {
      keys.add(Key.PIPELINE);
    }
    if (message.path("experiments").asBoolean(false)) {
      keys.add(Key.EXPERIMENTS);
    }
    return new Others(ids(message, "charts"), keys);
  }

  private static List<String> ids(JsonNode message, String name) throws Unreadable {
    List<String> ids = new ArrayList<>();
    for (JsonNode element : list(message, name)) {
      ids.add(id(element));
    }
    return ids;
  }

  private static Iterable<JsonNode> list(JsonNode message, String name) throws Unreadable {
    JsonNode list = message.path(name);
    if (!list.isMissingNode() && !list.isArray()) {
      throw new Unreadable(name + " is not an array");
    }
    return list;
  }

  private static String id(JsonNode node) throws Unreadable {
    String id = node.isTextual() ? node.textValue() : "";
    if (id.isEmpty() || id.codePointCount(0, id.length()) > LONGEST_ID) {
      throw new Unreadable("an id is not a text of 1 to 128 characters");
    }
    return id;
  }
}
