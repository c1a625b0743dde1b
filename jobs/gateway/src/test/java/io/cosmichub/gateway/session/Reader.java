package io.cosmichub.gateway.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps what it was sent, takes messages only when it is told to, and folds them with
 * code of its own: a cell is {@code bodyA-bodyB}, its content {@code aspect orb}.
 */
final class Reader implements Outlet {
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<JsonNode> messages = new ArrayList<>();
  final Map<String, Map<String, String>> sets = new HashMap<>();
  final Map<String, String> versions = new HashMap<>();
  private final Queue<Runnable> acknowledgements = new ArrayDeque<>();
  boolean reads = true;
  @Nullable Integer closedWith;

  @Override
  public void send(String text, Runnable sent) {
    try {
      JsonNode message = JSON.readTree(text);
      messages.add(message);
      fold(message);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
    if (reads) {
      sent.run();
    } else {
      acknowledgements.add(sent);
    }
  }

  @Override
  public void close(int code, String reason) {
    closedWith = code;
  }

  /** Takes what is on its way, and what comes then. */
  void readAgain() {
    reads = true;
    while (!acknowledgements.isEmpty()) {
      acknowledgements.remove().run();
    }
  }

  List<String> types() {
    return messages.stream().map(message -> message.path("type").asText()).toList();
  }

  List<JsonNode> ofType(String type) {
    return messages.stream().filter(message -> message.path("type").asText().equals(type)).toList();
  }

  private void fold(JsonNode message) {
    String pair = message.path("pair").asText();
    switch (message.path("type").asText()) {
      case "snapshot" -> {
        Map<String, String> set = new TreeMap<>();
        message.path("aspects").forEach(aspect -> set.put(cell(aspect), content(aspect, "")));
        sets.put(pair, set);
        versions.put(pair, message.path("version").asText());
      }
      case "delta" -> {
        if (!message.path("from").asText().equals(versions.get(pair))) {
          throw new AssertionError("a delta from a state that the client does not hold");
        }
        Map<String, String> set = sets.getOrDefault(pair, Map.of());
        message.path("changes").forEach(change -> apply(set, change));
        versions.put(pair, message.path("version").asText());
      }
      case "ended" -> {
        sets.remove(pair);
        versions.remove(pair);
      }
      default -> {}
    }
  }

  private static void apply(Map<String, String> set, JsonNode change) {
    String before = set.get(cell(change));
    String told = change.has("previousAspect") ? content(change, "previous") : null;
    if (before == null ? told != null : !before.equals(told)) {
      throw new AssertionError("a change that does not fit: " + change + " on " + before);
    }
    if (change.has("aspect")) {
      set.put(cell(change), content(change, ""));
    } else {
      set.remove(cell(change));
    }
  }

  private static String cell(JsonNode node) {
    return node.path("bodyA").asText() + "-" + node.path("bodyB").asText();
  }

  private static String content(JsonNode node, String previous) {
    return previous.isEmpty()
        ? node.path("aspect").asText() + " " + node.path("orb").asText()
        : node.path("previousAspect").asText() + " " + node.path("previousOrb").asText();
  }
}
