package io.cosmichub.quickstart;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Houses;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows of CSV tables as records of the input topics. A cell is written into the JSON as it stands,
 * so that the one decoder of the pipeline judges it; the offset of the record is the number of the
 * line.
 */
final class CsvMessages {

  private static final String FIRST_REVISION = "1";
  private static final long NO_TIMESTAMP = -1;
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final List<Header> HEADERS =
      List.of(Header.of("content-type", Format.JSON.contentType()));

  private CsvMessages() {}

  /** A row as a full chart; its revision is 1 where the table gives none. */
  static InputRecord chart(ChartCsv.Row row) {
    return record(
        Topics.CHART_UPDATES,
        row.line(),
        row.chartId(),
        json -> {
          json.writeStringField("chartId", row.chartId());
          String revision = row.revision();
          json.writeStringField("revision", revision == null ? FIRST_REVISION : revision);
          String instant = row.instant();
          if (instant != null) {
            json.writeStringField("effectiveAt", instant);
          }
          writePositions(row, json);
          writeCusps(row, json);
        });
  }

  /** A row as a watch. */
  static InputRecord watch(PairCsv.Row row) {
    return record(
        Topics.PAIR_WATCHES,
        row.line(),
        row.pairId(),
        json -> {
          json.writeStringField("pairId", row.pairId());
          json.writeStringField("chartA", row.chartA());
          json.writeStringField("chartB", row.chartB());
        });
  }

  private static void writePositions(ChartCsv.Row row, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("positions");
    for (Body body : Body.values()) {
      String longitude = row.longitude(body);
      if (longitude != null) {
        json.writeObjectFieldStart(body.id());
        json.writeFieldName("longitude");
        writeCell(longitude, json);
        String speed = row.speed(body);
        if (speed != null) {
          json.writeFieldName("speed");
          writeCell(speed, json);
        }
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  /** Cusps that are there; whether they are twelve is for the decoder to say. */
  private static void writeCusps(ChartCsv.Row row, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("cusps");
    for (int house = 1; house <= Houses.COUNT; house++) {
      String cusp = row.cusp(house);
      if (cusp != null) {
        writeCell(cusp, json);
      }
    }
    json.writeEndArray();
  }

  /** A JSON number where the cell is one, else a text: {@code NaN} and {@code 07.5} are texts. */
  private static void writeCell(String cell, JsonGenerator json) throws IOException {
    if (NUMBER.matcher(cell).matches()) {
      json.writeNumber(cell);
    } else {
      json.writeString(cell);
    }
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static InputRecord record(String topic, long line, String key, Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 10);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new InputRecord(
        topic,
        0,
        line,
        NO_TIMESTAMP,
        key.getBytes(StandardCharsets.UTF_8),
        bytes.toByteArray(),
        HEADERS);
  }
}
