package io.cosmichub.scan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.pattern.Interval;
import io.cosmichub.population.pattern.Pattern;
import io.cosmichub.population.pattern.ShownPatterns;
import io.cosmichub.population.shape.ShapeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes what a scan found as JSON lines, a file for each kind of line. */
final class ResultFiles {

  static final String MATCHES = "matches.jsonl";
  static final String DISTRIBUTION = "distribution.jsonl";
  static final String PREVALENCE = "prevalence.jsonl";
  static final String PATTERNS = "patterns.jsonl";
  static final String SHAPES = "shapes.jsonl";
  static final String LEFT_OUT = "left-out.jsonl";
  static final String COST = "cost.json";

  private static final JsonFactory JSON = new JsonFactory();

  private final Path folder;
  private final AspectPolicy policy;

  ResultFiles(Path folder, AspectPolicy policy) {
    this.folder = folder;
    this.policy = policy;
  }

  private interface Lines {
    void write(JsonGenerator json) throws IOException;
  }

  /** A line for each chart with its best partners, the best first, scored as pairs are. */
  void matches(BestMatches best) throws IOException {
    write(
        MATCHES,
        json ->
            best.forEach(
                (chartId, matches) -> {
                  json.writeStartObject();
                  json.writeStringField("chartId", chartId);
                  json.writeArrayFieldStart("matches");
                  for (BestMatches.Match match : matches) {
                    json.writeStartObject();
                    json.writeStringField("chartId", match.chartId());
                    json.writeNumberField("overall", match.score().overall());
                    json.writeNumberField("rawTotal", match.score().rawTotal());
                    json.writeEndObject();
                  }
                  json.writeEndArray();
                  json.writeEndObject();
                  json.writeRaw('\n');
                }));
  }

  /** The distribution, prevalence, patterns and named figures. */
  void figures(ScanFigures figures) throws IOException {
    write(DISTRIBUTION, json -> distribution(figures, json));
    write(PREVALENCE, json -> prevalence(figures, json));
    write(
        PATTERNS,
        json -> {
          patterns("all", figures.overall(), json);
          patterns("best", figures.best(), json);
        });
    write(
        SHAPES,
        json -> {
          shapes("chart", figures.shapes().charts(), figures.charts(), json);
          shapes("pair", figures.shapes().pairs(), figures.shapes().ofPairs(), json);
        });
  }

  /** What the run took. */
  void cost(ScanCost cost) throws IOException {
    write(
        COST,
        json -> {
          json.writeStartObject();
          json.writeStringField("kernel", cost.kernel());
          json.writeNumberField("subtasks", cost.subtasks());
          json.writeNumberField("pairs", cost.time().pairs());
          json.writeNumberField("kernelSeconds", cost.time().seconds());
          json.writeNumberField("firstBlocksSeconds", cost.time().firstSeconds());
          json.writeNumberField("pairsPerThreadSecond", cost.time().settledRate());
          json.writeNumberField("jobSeconds", cost.jobSeconds());
          json.writeNumberField("fallbackPairs", cost.trust().fallbackPairs());
          json.writeNumberField("checkedPairs", cost.trust().checkedPairs());
          json.writeNumberField("wrongPairs", cost.trust().wrongPairs());
          json.writeNumberField("checkedKernelSeconds", cost.trust().checkedSeconds());
          json.writeNumberField("checkedReferenceSeconds", cost.trust().referenceSeconds());
          json.writeNumberField("closeAspects", cost.close().count());
          json.writeNumberField("closeAspectsPackedBytes", cost.close().packedBytes());
          json.writeNumberField("denseBytes", cost.close().denseBytes());
          NumpyRun numpy = cost.numpy();
          if (numpy != null) {
            json.writeNumberField("numpyPairs", numpy.pairs());
            json.writeNumberField("numpySeconds", numpy.seconds());
          }
          json.writeEndObject();
          json.writeRaw('\n');
        });
  }

  /** The rows or records that were not used. */
  void leftOut(ScanCharts charts) throws IOException {
    write(
        LEFT_OUT,
        json -> {
          for (ScanCharts.LeftOut row : charts.leftOut()) {
            json.writeStartObject();
            json.writeStringField("in", row.in());
            json.writeNumberField(row.counted(), row.number());
            json.writeStringField("why", row.why());
            json.writeEndObject();
            json.writeRaw('\n');
          }
        });
  }

  private static void distribution(ScanFigures figures, JsonGenerator json) throws IOException {
    for (int bin = 0; bin < ScanFigures.BINS; bin++) {
      if (figures.binsShown().get(bin)) {
        json.writeStartObject();
        json.writeNumberField("from", bin);
        json.writeNumberField("to", bin + 1);
        json.writeNumberField("pairs", figures.bins().get(bin));
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
  }

  private void prevalence(ScanFigures figures, JsonGenerator json) throws IOException {
    for (int cell = 0; cell < AspectCell.COUNT; cell++) {
      if (figures.cellsShown().get(cell)) {
        json.writeStartObject();
        json.writeStringField("body", Body.ofSlot(AspectCell.low(cell)).id());
        json.writeStringField("other", Body.ofSlot(AspectCell.high(cell)).id());
        json.writeStringField("aspect", policy.aspect(AspectCell.code(cell)).id());
        json.writeNumberField("count", figures.prevalence().count(cell));
        json.writeNumberField("of", figures.prevalence().cells(cell));
        json.writeNumberField("share", figures.prevalence().share(cell));
        json.writeNumberField("evenShare", figures.prevalence().evenShare(cell));
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
  }

  private void patterns(String among, ShownPatterns found, JsonGenerator json) throws IOException {
    for (Pattern pattern : found.patterns()) {
      json.writeStartObject();
      json.writeStringField("among", among);
      json.writeArrayFieldStart("given");
      for (int item : pattern.given()) {
        json.writeString(AspectCell.id(item, policy));
      }
      json.writeEndArray();
      json.writeStringField("then", AspectCell.id(pattern.then(), policy));
      json.writeNumberField("pairs", pattern.set().rows());
      json.writeNumberField("ofPairs", found.rows());
      json.writeNumberField("people", pattern.set().people());
      json.writeNumberField("support", pattern.support());
      interval("supportInterval", pattern.supportInterval(), json);
      json.writeNumberField("confidence", pattern.confidence());
      interval("confidenceInterval", pattern.confidenceInterval(), json);
      json.writeNumberField("lift", pattern.lift());
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void shapes(String in, Map<ShapeKind, Long> counts, int of, JsonGenerator json)
      throws IOException {
    for (Map.Entry<ShapeKind, Long> shape : counts.entrySet()) {
      json.writeStartObject();
      json.writeStringField("in", in);
      json.writeStringField("shape", shape.getKey().id());
      json.writeNumberField("count", shape.getValue());
      json.writeNumberField("of", of);
      interval("shareInterval", Interval.wilson(shape.getValue(), of), json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void interval(String field, Interval interval, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(field);
    json.writeNumber(interval.low());
    json.writeNumber(interval.high());
    json.writeEndArray();
  }

  private void write(String file, Lines lines) throws IOException {
    try (JsonGenerator json =
        JSON.createGenerator(
            Files.newBufferedWriter(folder.resolve(file), StandardCharsets.UTF_8))) {
      json.setRootValueSeparator(null);
      lines.write(json);
    }
  }
}
