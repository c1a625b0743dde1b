package io.cosmichub.contracts;

import java.io.IOException;

/** Reads the JSON of a {@code PairWatch} into a draft. */
final class WatchJson {
  private WatchJson() {}

  static void read(byte[] json, WatchDraft draft) throws Refusal, IOException {
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
      case "pairId", "pair_id" -> 1;
      case "chartA", "chart_a" -> 2;
      case "chartB", "chart_b" -> 3;
      case "revision" -> 4;
      default -> 0;
    };
  }

  private static void value(JsonInput in, int field, WatchDraft draft) throws Refusal, IOException {
    switch (field) {
      case 1 -> draft.pairId = in.string("pairId");
      case 2 -> draft.chartA = in.string("chartA");
      case 3 -> draft.chartB = in.string("chartB");
      case 4 -> {
        draft.revision = in.int64("revision");
        draft.hasRevision = true;
      }
      default -> throw new IllegalStateException("field " + field);
    }
  }
}
