package io.cosmichub.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.ChangeKind;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.score.RuleScore;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the proto3 JSON mapping, every field that is known in the order of the schema. */
final class JsonWriter implements MessageWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final CellNames cells;
  private final String model;

  JsonWriter(CellNames cells, String model) {
    this.cells = cells;
    this.model = model;
  }

  /** What is written between the braces of an object. */
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  @Override
  public byte[] chart(ChartUpdate update) {
    return bytes(json -> writeChart(update, json));
  }

  @Override
  public byte[] watch(PairWatch watch) {
    return bytes(
        json -> {
          json.writeStringField("pairId", watch.pairId());
          json.writeStringField("chartA", watch.chartA());
          json.writeStringField("chartB", watch.chartB());
          if (watch.revision() != PairWatch.NO_REVISION) {
            int64(json, "revision", watch.revision());
          }
        });
  }

  @Override
  public byte[] delta(PairUpdate update) {
    return bytes(json -> writeDelta(update, json));
  }

  @Override
  public byte[] aspects(PairUpdate update) {
    return bytes(json -> writeAspects(update, json));
  }

  @Override
  public byte[] score(PairUpdate update, RuleScore score) {
    return bytes(json -> writeScore(update, score, json));
  }

  @Override
  public byte[] live(PairUpdate update) {
    return bytes(
        json -> {
          object(json, "delta", delta -> writeDelta(update, delta));
          if (!update.closed()) {
            object(json, "aspects", aspects -> writeAspects(update, aspects));
          }
          RuleScore score = update.score();
          if (score != null) {
            object(json, "score", fields -> writeScore(update, score, fields));
          }
        });
  }

  private static void writeChart(ChartUpdate update, JsonGenerator json) throws IOException {
    json.writeStringField("chartId", update.chartId());
    int64(json, "revision", update.revision());
    time(json, "effectiveAt", update.effectiveAt());
    json.writeBooleanField("partial", update.partial());
    json.writeObjectFieldStart("positions");
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = update.position(slot);
      if (position != null) {
        json.writeObjectFieldStart(Body.ofSlot(slot).id());
        degrees(json, "longitude", position.longitude());
        if (position.hasSpeed()) {
          degrees(json, "speed", position.speed());
        }
        json.writeEndObject();
      }
    }
    json.writeEndObject();
    int[] cusps = update.cusps();
    if (cusps != null) {
      json.writeArrayFieldStart("cusps");
      for (int cusp : cusps) {
        json.writeNumber(Decimals.text(cusp));
      }
      json.writeEndArray();
    }
    if (!update.cohorts().isEmpty()) {
      json.writeArrayFieldStart("cohorts");
      for (String cohort : update.cohorts()) {
        json.writeString(cohort);
      }
      json.writeEndArray();
    }
  }

  private void writeDelta(PairUpdate update, JsonGenerator json) throws IOException {
    writePair(update, json);
    json.writeArrayFieldStart("changes");
    for (CellChange change : update.changes()) {
      writeChange(change, json);
    }
    json.writeEndArray();
    if (update.closed()) {
      json.writeBooleanField("closed", true);
    }
  }

  private void writeChange(CellChange change, JsonGenerator json) throws IOException {
    ChangeKind kind = change.kind();
    json.writeStartObject();
    json.writeStringField("bodyA", cells.body(change.row()));
    json.writeStringField("bodyB", cells.body(change.col()));
    json.writeStringField("change", kind.name());
    if (kind != ChangeKind.DISSOLVED) {
      json.writeStringField("aspect", cells.aspect(change.after()));
      degrees(json, "orb", Hit.orb(change.after()));
    }
    if (kind != ChangeKind.FORMED) {
      json.writeStringField("previousAspect", cells.aspect(change.before()));
      degrees(json, "previousOrb", Hit.orb(change.before()));
    }
    json.writeEndObject();
  }

  private void writeAspects(PairUpdate update, JsonGenerator json) throws IOException {
    writePair(update, json);
    json.writeArrayFieldStart("aspects");
    AspectSet set = update.aspects();
    for (int row = 0; row < Body.COUNT; row++) {
      for (int left = set.rowMask(row); left != 0; left &= left - 1) {
        int col = Integer.numberOfTrailingZeros(left);
        int hit = set.hit(row, col);
        json.writeStartObject();
        json.writeStringField("bodyA", cells.body(row));
        json.writeStringField("bodyB", cells.body(col));
        json.writeStringField("aspect", cells.aspect(hit));
        degrees(json, "orb", Hit.orb(hit));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void writePair(PairUpdate update, JsonGenerator json) throws IOException {
    json.writeStringField("pairId", update.pairId());
    json.writeStringField("chartA", update.chartA());
    json.writeStringField("chartB", update.chartB());
    int64(json, "revisionA", update.revisionA());
    int64(json, "revisionB", update.revisionB());
    json.writeStringField("policy", update.policy());
    int64(json, "sequence", update.sequence());
    time(json, "eventTime", update.eventTime());
  }

  private void writeScore(PairUpdate update, RuleScore score, JsonGenerator json)
      throws IOException {
    json.writeStringField("pairId", update.pairId());
    int64(json, "revisionA", update.revisionA());
    int64(json, "revisionB", update.revisionB());
    json.writeNumberField("overall", score.overall());
    json.writeNumberField("rawTotal", score.rawTotal());
    json.writeObjectFieldStart("areas");
    json.writeNumberField("emotional", score.areas().emotional());
    json.writeNumberField("communication", score.areas().communication());
    json.writeNumberField("physical", score.areas().physical());
    json.writeNumberField("spiritual", score.areas().spiritual());
    json.writeNumberField("stability", score.areas().stability());
    json.writeEndObject();
    json.writeObjectFieldStart("natureCounts");
    json.writeNumberField("harmonious", score.harmonious());
    json.writeNumberField("challenging", score.challenging());
    json.writeNumberField("neutral", score.neutral());
    json.writeEndObject();
    json.writeStringField("model", model);
  }

  private static void int64(JsonGenerator json, String name, long value) throws IOException {
    json.writeStringField(name, Long.toString(value));
  }

  private static void degrees(JsonGenerator json, String name, int microDegrees)
      throws IOException {
    json.writeFieldName(name);
    json.writeNumber(Decimals.text(microDegrees));
  }

  private static void time(JsonGenerator json, String name, long epochMillis) throws IOException {
    if (epochMillis != ChartUpdate.NO_TIME) {
      json.writeStringField(name, Rfc3339.format(epochMillis));
    }
  }

  private static void object(JsonGenerator json, String name, Fields fields) throws IOException {
    json.writeObjectFieldStart(name);
    fields.write(json);
    json.writeEndObject();
  }

  private static byte[] bytes(Fields fields) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(2_000)) {
      try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
        json.writeStartObject();
        fields.write(json);
        json.writeEndObject();
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
    }
  }
}
