package io.cosmichub.contracts;

import static io.cosmichub.contracts.Samples.CLASSIC;
import static io.cosmichub.contracts.Samples.MODEL;
import static io.cosmichub.contracts.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.serving.Exposure;
import io.cosmichub.serving.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The documents of the contract held against the code: AsyncAPI, samples, topic catalog, the
 * producers' guide.
 */
final class ContractDocumentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode ASYNC_API = asyncApi();

  /** The address of each channel, and the message that it carries. */
  private final Map<String, String> messages = new HashMap<>();

  ContractDocumentsTest() {
    for (JsonNode channel : ASYNC_API.get("channels")) {
      String reference = channel.get("messages").elements().next().get("$ref").textValue();
      messages.put(
          channel.get("address").textValue(), reference.substring(reference.lastIndexOf('/') + 1));
    }
  }

  @Test
  void asyncApiCatalogAndConstantsNameTheSameTopics() {
    Set<String> constants =
        Stream.of(
                Topics.inputs().stream(),
                Topics.outputs().stream(),
                Topics.inputs().stream().map(Topics::deadLetters))
            .flatMap(topics -> topics)
            .collect(Collectors.toSet());

    assertThat(messages.keySet()).isEqualTo(constants);
    assertThat(TopicCatalog.load())
        .extracting(TopicCatalog.Entry::topic)
        .containsExactlyInAnyOrderElementsOf(constants);
    assertThat(ASYNC_API.get("operations")).hasSize(constants.size());
  }

  @Test
  void everyReferenceInTheDocumentLeadsSomewhere() {
    List<JsonNode> references = ASYNC_API.findValues("$ref");
    assertThat(references).isNotEmpty();
    for (JsonNode reference : references) {
      assertThat(ASYNC_API.at(reference.textValue().substring(1)).isMissingNode())
          .as(reference.textValue())
          .isFalse();
    }
  }

  @Test
  void whatWeWriteIsWhatTheDocumentSays() throws IOException {
    PairUpdateEncoder encoder = new PairUpdateEncoder(Format.JSON, CLASSIC, MODEL);
    InputEncoder inputs = new InputEncoder(Format.JSON);
    PopulationEncoder population = new PopulationEncoder(Format.JSON);
    ScanEncoder scans = new ScanEncoder(Format.JSON);
    Random random = new Random(31);
    for (int i = 0; i < 200; i++) {
      PairUpdate update = Samples.randomUpdate(random);
      List<OutputRecord> records = new ArrayList<>();
      encoder.encodeCommitted(update, records::add);
      records.add(encoder.encodeLive(update));
      records.add(inputs.chart(Samples.randomChart(random)));
      records.add(inputs.watch(new PairWatch("p", "a", "b", i)));
      records.add(
          new ExposureEncoder(Format.JSON)
              .encode(
                  new Exposure(
                      "p\u00e4ir \"" + i, "new-model", "control", Samples.NOW - i, Terms.NONE)));
      records.add(population.trend(Samples.randomTrend(random)));
      records.add(population.pattern(Samples.randomPattern(random)));
      records.add(population.late(Samples.randomLate(random)));
      records.add(scans.figure(Samples.randomFigure(random)));
      records.add(scans.matches(Samples.randomMatches(random)));
      records.add(new MatchesEncoder(Format.JSON).encode(Samples.randomBest(random)));
      records.add(new ResultEncoder(Format.JSON).encode(Samples.randomResult(random)));
      for (OutputRecord record : records) {
        if (record.value() != null) {
          assertValid(record);
        }
      }
    }
  }

  @Test
  void aMessageThatBreaksTheRulesFailsTheDocument() throws IOException {
    JsonSchema schema = schema("ChartUpdate");
    for (String bad :
        List.of(
            "{}",
            "{\"chartId\":\"c\",\"revision\":\"1\",\"positions\":{\"sun\":{\"longitude\":360}}}",
            "{\"chartId\":\"c\",\"revision\":\"1\",\"positions\":{\"earth\":{\"longitude\":1}}}",
            "{\"chartId\":\"c\",\"revision\":\"one\"}")) {
      assertThat(schema.validate(JSON.readTree(bad))).as(bad).isNotEmpty();
    }
    String formedWithPrevious =
        "{\"bodyA\":\"sun\",\"bodyB\":\"sun\",\"change\":\"FORMED\",\"aspect\":\"trine\",\"orb\":1,\"previousOrb\":2}";
    assertThat(schema("AspectChange").validate(JSON.readTree(formedWithPrevious))).isNotEmpty();
  }

  @Test
  void deadLettersCarryTheHeadersThatTheDocumentSays() {
    for (DeadLetterCode code : DeadLetterCode.values()) {
      OutputRecord letter =
          new DeadLetterEncoder()
              .encode(record(Topics.CHART_UPDATES, "c", "{}"), code, code.description(), "decode");
      ObjectNode headers = JSON.createObjectNode();
      letter.headers().forEach(header -> headers.put(header.name(), header.text()));
      assertThat(schema("DeadLetterHeaders").validate(headers)).as(code.name()).isEmpty();
    }
    assertThat(ASYNC_API.at("/components/schemas/DeadLetterCode/enum"))
        .hasSize(DeadLetterCode.values().length);
  }

  @Test
  void theSamplesAreValidAndDecode() throws IOException {
    Map<String, String> topics =
        Map.of(
            "chart-update.json", Topics.CHART_UPDATES,
            "chart-update-other.json", Topics.CHART_UPDATES,
            "chart-move.json", Topics.CHART_MOVES,
            "pair-watch.json", Topics.PAIR_WATCHES,
            "pair-feedback.json", Topics.PAIR_FEEDBACK,
            "control-rollout.json", Topics.CONTROL,
            "control-experiment.json", Topics.CONTROL);
    assertThat(
            schema("ExperimentResult")
                .validate(JSON.readTree(Samples.resource("samples/experiment-result.json"))))
        .isEmpty();
    assertThat(
            schema("BestMatches")
                .validate(JSON.readTree(Samples.resource("samples/chart-matches.json"))))
        .isEmpty();
    Set<String> charts = new HashSet<>();
    for (Map.Entry<String, String> sample : topics.entrySet()) {
      byte[] value = Samples.resource("samples/" + sample.getKey());
      JsonNode json = JSON.readTree(value);
      assertThat(schema(Objects.requireNonNull(messages.get(sample.getValue()))).validate(json))
          .as(sample.getKey())
          .isEmpty();
      if (sample.getValue().equals(Topics.CONTROL)) {
        assertThat(
                new ControlDecoder()
                    .decode(record(sample.getValue(), json.get("name").textValue(), value)))
            .isInstanceOf(Decoded.Value.class);
      } else if (sample.getValue().equals(Topics.PAIR_FEEDBACK)) {
        assertThat(
                new FeedbackDecoder(Samples.DAY, Samples.CLOCK)
                    .decode(record(sample.getValue(), json.get("pairId").textValue(), value)))
            .isInstanceOf(Decoded.Value.class);
      } else if (sample.getValue().equals(Topics.PAIR_WATCHES)) {
        assertThat(
                new PairWatchDecoder()
                    .decode(record(sample.getValue(), json.get("pairId").textValue(), value)))
            .isInstanceOf(Decoded.Value.class);
      } else {
        Decoded<ChartUpdate> decoded =
            Samples.chart(record(sample.getValue(), json.get("chartId").textValue(), value));
        assertThat(decoded).as(sample.getKey()).isInstanceOf(Decoded.Value.class);
        charts.add(json.get("chartId").textValue());
      }
    }
    assertThat(charts).containsExactlyInAnyOrder("ada", "byron");
  }

  @Test
  void theProducersGuideListsEveryCodeAsItIs() throws IOException {
    Matcher rows =
        Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\| (.+) \\|$")
            .matcher(Files.readString(Path.of("../../docs/producers.md")));
    Map<String, String> table = new HashMap<>();
    while (rows.find()) {
      table.put(rows.group(1), rows.group(2));
    }

    Map<String, String> codes = new HashMap<>();
    for (DeadLetterCode code : DeadLetterCode.values()) {
      codes.put(code.name(), code.description());
    }
    assertThat(table).isEqualTo(codes);
  }

  private void assertValid(OutputRecord record) throws IOException {
    Set<ValidationMessage> faults =
        schema(Objects.requireNonNull(messages.get(record.topic())))
            .validate(JSON.readTree(record.value()));
    assertThat(faults).as(record.topic()).isEmpty();
    if (Topics.outputs().contains(record.topic())) {
      ObjectNode headers = JSON.createObjectNode();
      record.headers().forEach(header -> headers.put(header.name(), header.text()));
      assertThat(schema("CloudEvent").validate(headers)).isEmpty();
    }
  }

  private static JsonSchema schema(String name) {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$ref", "#/components/schemas/" + name);
    schema.set("components", ASYNC_API.get("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
  }

  private static JsonNode asyncApi() {
    try {
      return new YAMLMapper().readTree(Samples.resource("asyncapi.yaml"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
