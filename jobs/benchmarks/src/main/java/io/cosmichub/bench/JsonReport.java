package io.cosmichub.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Figures as a JSON object that begins with the machine they were measured on. */
final class JsonReport {

  private JsonReport() {}

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes it and says so, if there is a name for it. */
  static void write(Path file, Body body, PrintStream out) throws IOException {
    if (file.toString().isEmpty()) {
      return;
    }
    try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
      json.useDefaultPrettyPrinter().writeStartObject();
      json.writeStringField("java", System.getProperty("java.vm.name") + " " + Runtime.version());
      json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
      body.write(json);
      json.writeEndObject();
    }
    out.println("figures: " + file);
  }

  /** A field whose value is an object of texts. */
  static void settings(Map<String, String> settings, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("settings");
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      json.writeStringField(setting.getKey(), setting.getValue());
    }
    json.writeEndObject();
  }
}
