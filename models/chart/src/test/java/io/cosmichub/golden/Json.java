package io.cosmichub.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text into maps, lists, strings, doubles, booleans and nulls. */
final class Json {
  private final String text;
  private int next;

  private Json(String text) {
    this.text = text;
  }

  static Node parse(String text) {
    Json json = new Json(text);
    Node node = new Node(json.value());
    json.blanks();
    if (json.next != text.length()) {
      throw new IllegalArgumentException("text after the JSON value");
    }
    return node;
  }

  /** A value with typed access; a wrong type is a ClassCastException. */
  record Node(@Nullable Object value) {
    Node get(String key) {
      return new Node(((Map<?, ?>) value()).get(key));
    }

    boolean has(String key) {
      return value() instanceof Map<?, ?> map && map.containsKey(key);
    }

    List<Node> list() {
      List<Node> nodes = new ArrayList<>();
      for (Object element : (List<?>) value()) {
        nodes.add(new Node(element));
      }
      return nodes;
    }

    Map<String, Node> map() {
      Map<String, Node> nodes = new LinkedHashMap<>();
      ((Map<?, ?>) value()).forEach((key, element) -> nodes.put((String) key, new Node(element)));
      return nodes;
    }

    double number() {
      return (Double) value();
    }

    int integer() {
      return (int) number();
    }

    String text() {
      return (String) value();
    }

    @Override
    public Object value() {
      if (value == null) {
        throw new IllegalStateException("null");
      }
      return value;
    }

    boolean isNull() {
      return value == null;
    }
  }

  private @Nullable Object value() {
    blanks();
    return switch (text.charAt(next)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    next++;
    while (!ends('}')) {
      String key = string();
      blanks();
      expect(':');
      map.put(key, value());
    }
    return map;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> list = new ArrayList<>();
    next++;
    while (!ends(']')) {
      list.add(value());
    }
    return list;
  }

  /** Whether the bracket closes here; else the comma before the next element is skipped. */
  private boolean ends(char bracket) {
    blanks();
    if (text.charAt(next) == bracket) {
      next++;
      return true;
    }
    if (text.charAt(next) == ',') {
      next++;
      blanks();
    }
    return false;
  }

  private String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    for (char c = text.charAt(next++); c != '"'; c = text.charAt(next++)) {
      if (c != '\\') {
        value.append(c);
        continue;
      }
      char escaped = text.charAt(next++);
      if (escaped == 'u') {
        value.append((char) Integer.parseInt(text.substring(next, next + 4), 16));
        next += 4;
      } else {
        value.append(escaped);
      }
    }
    return value.toString();
  }

  private Double number() {
    int start = next;
    while (next < text.length() && "+-.eE0123456789".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    return Double.valueOf(text.substring(start, next));
  }

  private @Nullable Object literal(String word, @Nullable Object value) {
    if (!text.startsWith(word, next)) {
      throw new IllegalArgumentException("no JSON at " + next);
    }
    next += word.length();
    return value;
  }

  private void expect(char c) {
    if (text.charAt(next++) != c) {
      throw new IllegalArgumentException("expected " + c + " at " + (next - 1));
    }
  }

  private void blanks() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
  }
}
