package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the gateway's documents say of a message, a request and an answer. */
final class Documents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMAS = "#/components/schemas/";
  private static final ObjectNode LIVE = read(text("/asyncapi.yaml"));
  private static final ObjectNode HTTP = read(text("/openapi.yaml"));
  private static final Map<String, JsonSchema> LIVE_SCHEMAS = schemas(LIVE);
  private static final Map<String, JsonSchema> HTTP_SCHEMAS = schemas(HTTP);

  private Documents() {}

  /** The document of this path, as it should be served. */
  static String text(String path) {
    try (InputStream in = Documents.class.getResourceAsStream("/io/cosmichub/gateway" + path)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document of this path, read. */
  static ObjectNode of(String path) {
    return read(text(path));
  }

  static List<String> paths() {
    return HTTP.path("paths").properties().stream().map(Map.Entry::getKey).toList();
  }

  /** What is wrong with a message that the gateway says. */
  static List<String> told(JsonNode message) {
    return problems(LIVE_SCHEMAS.get(SCHEMAS + "Told"), message);
  }

  /** What is wrong with a message that a client says. */
  static List<String> asked(String text) {
    JsonNode message = json(text);
    String type = message.path("type").asText();
    JsonNode payload = LIVE.path("components").path("messages").path(type).path("payload");
    return LIVE.path("channels").path("live").path("messages").has(type)
        ? problems(LIVE_SCHEMAS.get(payload.path("$ref").asText()), message)
        : List.of("there is no message " + type);
  }

  /** Fails unless a request, its answer and that the one led to the other are as described. */
  static void check(String method, String path, @Nullable String body, int status, String answer) {
    String what = method + " " + path + " " + status;
    JsonNode operation = operation(method, path.replaceFirst("\\?.*", ""));
    assertThat(operation.isObject()).as(what + " is described").isTrue();
    JsonNode response = operation.path("responses").path(Integer.toString(status));
    assertThat(response.isObject()).as(what + " is described").isTrue();
    String schema = schema(response);
    if (!schema.isEmpty()) {
      JsonNode said = json(answer);
      assertThat(problems(HTTP_SCHEMAS.get(schema), said)).as(what + " " + answer).isEmpty();
      if (said.has("type")) { // as on the WebSocket
        assertThat(told(said)).as(what + " " + answer).isEmpty();
      }
    }
    String asked = schema(operation.path("requestBody"));
    if (status / 100 == 2 && !asked.isEmpty()) {
      assertThat(body).as(what).isNotNull();
      assertThat(problems(HTTP_SCHEMAS.get(asked), json(String.valueOf(body))))
          .as(what + body)
          .isEmpty();
    }
  }

  private static JsonNode operation(String method, String path) {
    JsonNode paths = HTTP.path("paths");
    return paths().stream()
        .filter(template -> path.matches(template.replaceAll("\\{\\w+}", "[^/]+")))
        .sorted((one, other) -> Boolean.compare(one.contains("{"), other.contains("{")))
        .findFirst()
        .map(template -> paths.path(template).path(method.toLowerCase(Locale.ROOT)))
        .orElse(MissingNode.getInstance());
  }

  private static String schema(JsonNode holder) {
    return holder.path("content").path("application/json").path("schema").path("$ref").asText();
  }

  private static List<String> problems(@Nullable JsonSchema schema, JsonNode value) {
    return Objects.requireNonNull(schema).validate(value).stream().map(Object::toString).toList();
  }

  private static Map<String, JsonSchema> schemas(ObjectNode document) {
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    return document.path("components").path("schemas").properties().stream()
        .map(entry -> SCHEMAS + entry.getKey())
        .collect(
            Collectors.toUnmodifiableMap(
                ref -> ref,
                ref -> {
                  ObjectNode whole = document.deepCopy();
                  whole.put("$schema", SpecVersion.VersionFlag.V202012.getId());
                  return factory.getSchema(whole.put("$ref", ref));
                }));
  }

  private static ObjectNode read(String yaml) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
