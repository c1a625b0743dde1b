package io.cosmichub.acceptance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cosmichub.acceptance.Messages.Cell;
import io.cosmichub.acceptance.Messages.Held;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Real people, real couples, and what independent code computed for them. */
final class Goldens {

  /** A pair with everything that is known to be true of it. */
  record Couple(
      String pairId,
      String chartA,
      String chartB,
      Map<Cell, Held> aspects,
      double overall,
      double rawTotal,
      Map<String, Double> areas,
      int harmonious,
      int challenging,
      int neutral) {}

  /** The charts of the people of the sample data: longitudes by body, in micro-degrees. */
  record People(Map<String, Map<String, Integer>> charts) {

    Map<String, Integer> chart(String id) {
      return Objects.requireNonNull(charts.get(id), id);
    }
  }

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Goldens() {}

  /** Four hundred couples with their golden values. */
  static List<Couple> couples() {
    List<Couple> couples = new ArrayList<>();
    for (String line : lines("/golden-couples.jsonl.gz")) {
      couples.add(couple(line));
    }
    return couples;
  }

  /** The first so many of them of which nobody is in two. */
  static List<Couple> couplesApart(int most) {
    List<Couple> apart = new ArrayList<>();
    Set<String> people = new HashSet<>();
    for (Couple couple : couples()) {
      if (apart.size() < most
          && !people.contains(couple.chartA())
          && !people.contains(couple.chartB())) {
        people.add(couple.chartA());
        people.add(couple.chartB());
        apart.add(couple);
      }
    }
    if (apart.size() < most) {
      throw new IllegalArgumentException("only " + apart.size() + " couples, not " + most);
    }
    return List.copyOf(apart);
  }

  /** Every person of the sample data. */
  static People people() {
    List<String> lines = lines("/data/people.csv.gz");
    List<String> columns = List.of(lines.get(0).split(",", -1));
    Map<String, Map<String, Integer>> people = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> fields = List.of(line.split(",", -1));
      Map<String, Integer> longitudes = new LinkedHashMap<>();
      for (String body : Bodies.CLASSIC) {
        longitudes.put(body, microDegrees(new BigDecimal(fields.get(columns.indexOf(body)))));
      }
      people.put(fields.get(columns.indexOf("chart_id")), longitudes);
    }
    return new People(people);
  }

  private static Couple couple(String line) {
    try {
      JsonNode tree = MAPPER.readTree(line);
      Map<Cell, Held> aspects = new TreeMap<>();
      for (JsonNode aspect : tree.get("aspects")) {
        aspects.put(
            new Cell(aspect.get(0).asText(), aspect.get(1).asText()),
            new Held(aspect.get(2).asText(), microDegrees(aspect.get(3).decimalValue())));
      }
      Map<String, Double> areas = new TreeMap<>();
      tree.get("areas")
          .properties()
          .forEach(area -> areas.put(area.getKey(), area.getValue().asDouble()));
      JsonNode natures = tree.get("natureCounts");
      return new Couple(
          tree.get("pairId").asText(),
          tree.get("chartA").asText(),
          tree.get("chartB").asText(),
          aspects,
          tree.get("overall").asDouble(),
          tree.get("rawTotal").asDouble(),
          areas,
          natures.get("harmonious").asInt(),
          natures.get("challenging").asInt(),
          natures.get("neutral").asInt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int microDegrees(BigDecimal degrees) {
    return degrees.movePointRight(6).setScale(0, RoundingMode.UNNECESSARY).intValueExact();
  }

  private static List<String> lines(String resource) {
    try (InputStream bytes =
            Objects.requireNonNull(Goldens.class.getResourceAsStream(resource), resource);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(bytes), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
