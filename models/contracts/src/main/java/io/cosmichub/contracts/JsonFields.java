package io.cosmichub.contracts;

import java.util.Collection;
import java.util.function.Consumer;

/** The fields of a JSON object, one after another; whoever writes them closes the object. */
final class JsonFields {
  private static final byte[] TRUE = JsonSink.piece("true");

  private final JsonSink json;
  private char before = '{';

  JsonFields(JsonSink json) {
    this.json = json;
  }

  void put(String name, Consumer<JsonSink> value) {
    json.put(before).string(name).put(':');
    before = ',';
    value.accept(json);
  }

  /** Left out if empty, as a default is. */
  void text(String name, String text) {
    if (!text.isEmpty()) {
      put(name, sink -> sink.string(text));
    }
  }

  /** Left out if false, as a default is. */
  void flag(String name, boolean flag) {
    if (flag) {
      put(name, sink -> sink.put(TRUE));
    }
  }

  /** Left out if empty, as a default is. */
  <T> void list(String name, Collection<T> elements, Consumer<T> element) {
    if (elements.isEmpty()) {
      return;
    }
    put(
        name,
        sink -> {
          char separator = '[';
          for (T each : elements) {
            sink.put(separator);
            separator = ',';
            element.accept(each);
          }
          sink.put(']');
        });
  }
}
