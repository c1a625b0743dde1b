package io.cosmichub.contracts;

import io.cosmichub.contracts.ChartDraft.PositionDraft;
import java.io.IOException;

/** Reads the JSON of a {@code ChartUpdate} into a draft. */
final class ChartJson {
  private ChartJson() {}

  static void read(byte[] json, ChartDraft draft) throws Refusal, IOException {
    try (JsonInput in = JsonInput.of(json)) {
      in.startMessage();
      int seen = 0;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        int field = field(name);
        if (field == 0) {
          in.skip();
        } else {
          seen = FieldsSeen.once(seen, field);
          if (in.hasValue()) {
            value(in, field, draft);
          }
        }
      }
      in.endMessage();
    }
  }

  /** The number of a field in the schema by either of its names; 0 if it has none. */
  private static int field(String name) {
    return switch (name) {
      case "chartId", "chart_id" -> 1;
      case "revision" -> 2;
      case "effectiveAt", "effective_at" -> 3;
      case "partial" -> 4;
      case "positions" -> 5;
      case "cusps" -> 6;
      case "cohorts" -> 7;
      default -> 0;
    };
  }

  private static void value(JsonInput in, int field, ChartDraft draft) throws Refusal, IOException {
    switch (field) {
      case 1 -> draft.chartId = in.string("chartId");
      case 2 -> {
        draft.revision = in.int64("revision");
        draft.hasRevision = true;
      }
      case 3 -> draft.effectiveAt = Rfc3339.parse(in.string("effectiveAt"));
      case 4 -> draft.partial = in.bool("partial");
      case 5 -> positions(in, draft);
      case 6 -> {
        in.requireArray("cusps");
        while (in.nextElement()) {
          draft.cusps.add(in.number("a cusp"));
        }
      }
      case 7 -> {
        in.requireArray("cohorts");
        while (in.nextElement()) {
          draft.cohorts.add(in.string("a cohort"));
        }
      }
      default -> throw new IllegalStateException("field " + field);
    }
  }

  private static void positions(JsonInput in, ChartDraft draft) throws Refusal, IOException {
    in.requireObject("positions");
    for (String body = in.nextField(); body != null; body = in.nextField()) {
      PositionDraft position = new PositionDraft();
      if (in.hasValue()) {
        position(in, position);
      }
      draft.put(body, position);
    }
  }

  private static void position(JsonInput in, PositionDraft position) throws Refusal, IOException {
    in.requireObject("a position");
    int seen = 0;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "longitude" -> {
          seen = FieldsSeen.once(seen, 1);
          if (in.hasValue()) {
            position.longitude = in.number("a longitude");
            position.hasLongitude = true;
          }
        }
        case "speed" -> {
          seen = FieldsSeen.once(seen, 2);
          if (in.hasValue()) {
            position.speed = in.number("a speed");
            position.hasSpeed = true;
          }
        }
        default -> in.skip();
      }
    }
  }
}
