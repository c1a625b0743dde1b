package io.cosmichub.contracts;

import com.google.protobuf.Timestamp;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The fields of a JSON object, one after another. */
final class JsonFields {
  private static final byte[] TRUE = JsonSink.piece("true");

  private final JsonSink json;
  private char before = '{';

  private JsonFields(JsonSink json) {
    this.json = json;
  }

  /** Writes the object whose fields are written. */
  static void object(JsonSink json, Consumer<JsonFields> content) {
    JsonFields fields = new JsonFields(json);
    content.accept(fields);
    if (fields.before == '{') {
      json.put('{');
    }
    json.put('}');
  }

  /** Left out if empty, as a default is. */
  void text(String name, String text) {
    if (!text.isEmpty()) {
      name(name).string(text);
    }
  }

  /** Left out if false, as a default is. */
  void flag(String name, boolean flag) {
    if (flag) {
      name(name).put(TRUE);
    }
  }

  void time(String name, Timestamp time) {
    name(name).string(Timestamps.text(time));
  }

  /** In quotes, as the mapping has it; not negative. */
  void int64(String name, long number) {
    name(name).int64(number);
  }

  /** Not negative. */
  void count(String name, int number) {
    name(name).count(number);
  }

  void number(String name, double number) {
    name(name).number(number);
  }

  void object(String name, Consumer<JsonFields> content) {
    object(name(name), content);
  }

  /** Left out if empty, as a default is. */
  void texts(String name, Collection<String> texts) {
    list(name, texts, json::string);
  }

  /** Left out if empty, as a default is. */
  <T> void objects(String name, Collection<T> elements, BiConsumer<JsonFields, T> content) {
    list(name, elements, each -> object(json, fields -> content.accept(fields, each)));
  }

  private <T> void list(String name, Collection<T> elements, Consumer<T> write) {
    if (elements.isEmpty()) {
      return;
    }
    name(name);
    char separator = '[';
    for (T each : elements) {
      json.put(separator);
      separator = ',';
      write.accept(each);
    }
    json.put(']');
  }

  private JsonSink name(String name) {
    json.put(before).string(name).put(':');
    before = ',';
    return json;
  }
}
