package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class AspectsFromFilesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path GOLDEN =
      Path.of("..", "..", "models", "chart", "src", "test", "resources", "golden");
  private static final Path PEOPLE = Path.of("src", "main", "resources", "data", "people.csv.gz");

  @TempDir Path directory;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void everyGoldenPairComesOutAsIndependentCodeComputedIt() throws Exception {
    List<JsonNode> golden = json(GOLDEN.resolve("pairs.jsonl.gz"));
    Path pairs = pairs("pairs.csv", golden);

    assertThat(run(GOLDEN.resolve("charts.csv.gz"), pairs, directory.resolve("out"))).isZero();

    assertThat(golden).hasSize(2_126);
    Map<String, JsonNode> aspects = byPair("out", "aspects.jsonl");
    Map<String, JsonNode> deltas = byPair("out", "deltas.jsonl");
    Map<String, JsonNode> scores = byPair("out", "scores.jsonl");
    for (JsonNode expected : golden) {
      String id = expected.get("pairId").textValue();
      List<String> cells = goldenCells(expected);
      assertThat(cells(of(id, aspects), "aspects")).as(id).isEqualTo(cells);
      assertThat(cells(of(id, deltas), "changes")).as(id).isEqualTo(cells);
      JsonNode score = of(id, scores);
      assertThat(score.get("overall").doubleValue())
          .as(id)
          .isEqualTo(expected.get("overall").doubleValue());
      assertThat(
              Math.abs(
                  score.get("rawTotal").doubleValue() - expected.get("rawTotal").doubleValue()))
          .as(id)
          .isLessThan(1e-9);
    }
    assertThat(aspects).hasSize(golden.size());
    assertThat(deltas).hasSize(golden.size());
    assertThat(scores).hasSize(golden.size());
    assertThat(Files.size(directory.resolve("out/dead-letters.jsonl"))).isZero();
    assertThat(said())
        .contains("2,126 pairs")
        .contains("2,126 deltas, 2,126 aspect sets, 2,126 scores, 0 dead letters");
  }

  @Test
  void theResultIsTheSameWhateverTheOrderOfTheRows() throws Exception {
    List<JsonNode> golden = json(GOLDEN.resolve("pairs.jsonl.gz")).subList(0, 200); // couples
    List<JsonNode> shuffled = new ArrayList<>(golden);
    Collections.shuffle(shuffled, new Random(7));

    assertThat(run(PEOPLE, pairs("a.csv", golden), directory.resolve("a"))).isZero();
    assertThat(run(PEOPLE, pairs("b.csv", shuffled), directory.resolve("b"))).isZero();

    for (ResultFile file : ResultFile.values()) {
      assertThat(directory.resolve("a").resolve(file.fileName()))
          .hasSameBinaryContentAs(directory.resolve("b").resolve(file.fileName()));
    }
    assertThat(Files.readAllLines(directory.resolve("a/scores.jsonl"))).hasSize(200).isSorted();
    assertThat(said()).contains("2,709 charts").contains("Not used in " + PEOPLE + ": time_known.");
  }

  @Test
  void whatCannotBeUsedIsADeadLetterWithItsLineAndTheRestIsComputed() throws Exception {
    Path charts =
        write(
            "charts.csv",
            """
            chart_id,sun,moon
            a,10,20
            b,190.5,NaN
            c,190.5,
            ,1,2
            d,400,1
            """);
    Path pairs =
        write(
            "pairs.csv",
            """
            pair_id,chart_a,chart_b
            good,a,c
            self,a,a
            lost,a,b
            stranger,a,nobody
            """);

    assertThat(run(charts, pairs, directory.resolve("out"))).isZero();

    assertThat(byPair("out", "aspects.jsonl")).containsOnlyKeys("good");
    assertThat(cells(of("good", byPair("out", "aspects.jsonl")), "aspects"))
        .containsExactly("sun sun opposition 0.5", "moon sun opposition 9.5");
    assertThat(json(directory.resolve("out/dead-letters.jsonl")))
        .extracting(
            letter ->
                letter.get("file").textValue()
                    + " "
                    + letter.get("line")
                    + " "
                    + letter.get("code").textValue())
        .containsExactly(
            "charts 3 LONGITUDE_NOT_FINITE",
            "charts 5 ID_MISSING",
            "charts 6 LONGITUDE_OUT_OF_RANGE",
            "pairs 3 SELF_PAIR");
    assertThat(Files.readString(directory.resolve("out/dead-letters.jsonl"))).doesNotContain("400");
    assertThat(said()).contains("4 dead letters").contains("1 pairs have no result");
  }

  @Test
  void anIdThatAppearsTwiceIsAnErrorThatNamesBothLines() throws Exception {
    Path charts = write("charts.csv", "chart_id,sun\na,1\nb,2\na,3\n");
    Path pairs = write("pairs.csv", "pair_id,chart_a,chart_b\np,a,b\n");

    assertThat(run(charts, pairs, directory.resolve("out"))).isEqualTo(2);

    assertThat(said()).contains("charts.csv line 4: chart_id a is on line 2 already");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void aFileThatIsNotThereIsAnErrorThatNamesIt() throws Exception {
    Path pairs = write("pairs.csv", "pair_id,chart_a,chart_b\np,a,b\n");
    assertThat(run(directory.resolve("nowhere.csv"), pairs, directory.resolve("out"))).isEqualTo(2);
    assertThat(said()).contains("there is no file").contains("nowhere.csv");
  }

  private int run(Path charts, Path pairs, Path out) {
    Console console = new Console(new PrintStream(output, true, StandardCharsets.UTF_8), false);
    return new CommandLine(new AspectsFromFiles(console))
        .execute(
            "--charts", charts.toString(), "--pairs", pairs.toString(), "--out", out.toString());
  }

  private String said() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private Path pairs(String name, List<JsonNode> golden) throws IOException {
    StringBuilder text = new StringBuilder("pair_id,chart_a,chart_b\n");
    for (JsonNode pair : golden) {
      text.append(
          String.join(
              ",",
              pair.get("pairId").textValue(),
              pair.get("chartA").textValue(),
              pair.get("chartB").textValue()));
      text.append('\n');
    }
    return write(name, text.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static JsonNode of(String pairId, Map<String, JsonNode> byPair) {
    return Objects.requireNonNull(byPair.get(pairId), pairId);
  }

  private Map<String, JsonNode> byPair(String folder, String file) throws IOException {
    Map<String, JsonNode> byPair = new TreeMap<>();
    for (JsonNode line : json(directory.resolve(folder).resolve(file))) {
      assertThat(byPair.put(line.get("pairId").textValue(), line)).isNull();
    }
    return byPair;
  }

  private static List<String> goldenCells(JsonNode pair) {
    List<String> cells = new ArrayList<>();
    for (JsonNode aspect : pair.get("aspects")) {
      cells.add(
          String.join(
              " ",
              aspect.get(0).textValue(),
              aspect.get(1).textValue(),
              aspect.get(2).textValue(),
              aspect.get(3).decimalValue().stripTrailingZeros().toPlainString()));
    }
    return cells;
  }

  private static List<String> cells(JsonNode message, String field) {
    List<String> cells = new ArrayList<>();
    for (JsonNode aspect : message.get(field)) {
      cells.add(
          String.join(
              " ",
              aspect.get("bodyA").textValue(),
              aspect.get("bodyB").textValue(),
              aspect.get("aspect").textValue(),
              aspect.get("orb").decimalValue().stripTrailingZeros().toPlainString()));
    }
    return cells;
  }

  private static List<JsonNode> json(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      List<JsonNode> nodes = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        nodes.add(MAPPER.readTree(line));
      }
      return nodes;
    }
  }
}
