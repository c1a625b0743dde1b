package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents that the gateway serves, as documents. */
final class DocumentsTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options");

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.yaml", "/asyncapi.yaml"})
  void everyReferenceLeadsSomewhereAndEveryComponentIsUsed(String path) {
    JsonNode document = Documents.of(path);
    Set<String> references =
        document.findValuesAsText("$ref").stream().collect(Collectors.toCollection(TreeSet::new));
    assertThat(references)
        .isNotEmpty()
        .allMatch(reference -> reference.startsWith("#/"))
        .noneMatch(reference -> document.at(reference.substring(1)).isMissingNode());
    Set<String> components =
        document.path("components").properties().stream()
            .filter(
                kind -> !kind.getKey().equals("securitySchemes")) // they are named, not referred to
            .flatMap(
                kind ->
                    kind.getValue().properties().stream()
                        .map(one -> "#/components/" + kind.getKey() + "/" + one.getKey()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(references).containsAll(components);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.yaml", "/asyncapi.yaml"})
  void everySchemaIsOne(String path) {
    JsonSchema schemas =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()));
    Documents.of(path)
        .path("components")
        .path("schemas")
        .properties()
        .forEach(
            schema ->
                assertThat(schemas.validate(schema.getValue())).as(schema.getKey()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = "/openapi.yaml")
  void everyOperationSaysWhatItIsForWhatItTakesAndWhatItAnswers(String path) {
    JsonNode document = Documents.of(path);
    assertThat(document.path("openapi").asText()).startsWith("3.1.");
    for (Map.Entry<String, JsonNode> item : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> each : item.getValue().properties()) {
        JsonNode operation = each.getValue();
        String what = each.getKey() + " " + item.getKey();
        if (each.getKey().equals("parameters")) {
          continue;
        }
        assertThat(METHODS).as(what).contains(each.getKey());
        assertThat(operation.path("summary").asText()).as(what).endsWith(".");
        assertThat(named(document, item.getValue(), operation))
            .as(what)
            .containsExactlyInAnyOrderElementsOf(inTemplate(item.getKey()));
        assertThat(operation.path("responses").properties()).as(what).isNotEmpty();
        for (Map.Entry<String, JsonNode> answer : operation.path("responses").properties()) {
          assertThat(answer.getKey()).as(what).matches("[1-5]\\d\\d");
          assertThat(followed(document, answer.getValue()).path("description").asText())
              .as(what + " " + answer.getKey())
              .isNotEmpty();
        }
        boolean open = operation.path("security").isArray();
        assertThat(operation.path("responses").has("401")).as(what).isNotEqualTo(open);
        assertThat(operation.path("responses").has("429")).as(what).isNotEqualTo(open);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "/asyncapi.yaml")
  void everyMessageOfTheChannelIsAskedOrTold(String path) {
    JsonNode document = Documents.of(path);
    assertThat(document.path("asyncapi").asText()).startsWith("3.0.");
    Set<String> used =
        Stream.of("ask", "tell")
            .flatMap(
                name ->
                    document
                        .path("operations")
                        .path(name)
                        .path("messages")
                        .findValuesAsText("$ref")
                        .stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> ofChannel =
        document.at("/channels/live/messages").properties().stream()
            .map(message -> "#/channels/live/messages/" + message.getKey())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(used).isEqualTo(ofChannel);
  }

  private static JsonNode followed(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** The parameters of the path that an operation or its path describes. */
  private static List<String> named(JsonNode document, JsonNode item, JsonNode operation) {
    return Stream.of(item, operation)
        .flatMap(holder -> holder.path("parameters").valueStream())
        .map(parameter -> followed(document, parameter))
        .filter(parameter -> parameter.path("in").asText().equals("path"))
        .map(parameter -> parameter.path("name").asText())
        .toList();
  }

  private static List<String> inTemplate(String path) {
    return Stream.of(path.split("/", -1))
        .filter(part -> part.startsWith("{"))
        .map(part -> part.substring(1, part.length() - 1))
        .toList();
  }
}
