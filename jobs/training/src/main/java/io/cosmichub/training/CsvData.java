package io.cosmichub.training;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.feature.FeatureSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Data sets from CSV files: the couples that come with the program, or one's own. */
final class CsvData {
  private static final String CHART_ID = "chart_id";
  private static final String PAIR_ID = "pair_id";

  private CsvData() {}

  /** What is asked of the couples. */
  enum CoupleLabel {
    /** 1 if a couple did not divorce, 0 if it did. */
    OUTCOME,
    /** How many years they were married, as a part of fifty. */
    YEARS
  }

  /** The real couples whose outcome is known. */
  static TrainingSet couples(FeatureSchema schema, CoupleLabel label) {
    ChartHistory history = charts(CsvRows.ofResource("/data/people.csv.gz"));
    CsvRows couples = CsvRows.ofResource("/data/couples.csv.gz");
    PairRows rows = new PairRows(schema);
    for (NamedCsvRecord couple : couples.rows()) {
      String outcome =
          couples.optional(couple, label == CoupleLabel.OUTCOME ? "outcome" : "years_married");
      if (outcome != null) {
        double value =
            label == CoupleLabel.OUTCOME
                ? (outcome.equals("not_divorced") ? 1 : 0)
                : couples.number(couple, "years_married") / 50;
        String a = couples.text(couple, "chart_a");
        String b = couples.text(couple, "chart_b");
        rows.add(
            history,
            new PairRows.Feedback(couples.text(couple, PAIR_ID), a, b, 0, value, Double.NaN));
      }
    }
    return new TrainingSet(
        "couples-" + (label == CoupleLabel.OUTCOME ? "outcome" : "years"),
        "Real marriages of historical and public people, and how they ended as far as is known.",
        label == CoupleLabel.OUTCOME ? "1 not divorced, 0 divorced" : "years married / 50",
        schema,
        rows.rows(),
        Map.of(),
        List.of(
            "Labels are few and biased: whose marriage is on record, and how it ended, hangs on fame and"
                + " century.",
            "Slow bodies tell the year of birth, so a model could tell centuries apart and look as if it"
                + " told couples apart.",
            "Most charts are known to the day only; no time of an outcome is known, so the split is by"
                + " people, not by time."));
  }

  /** Charts, pairs and feedback of one's own. */
  static TrainingSet files(FeatureSchema schema, Path chartFile, Path pairFile, Path feedbackFile) {
    ChartHistory history = charts(CsvRows.ofFile(chartFile));
    CsvRows pairs = CsvRows.ofFile(pairFile);
    Map<String, NamedCsvRecord> byId = new HashMap<>();
    for (NamedCsvRecord pair : pairs.rows()) {
      if (byId.put(pairs.text(pair, PAIR_ID), pair) != null) {
        throw pairs.at(pair, "names a pair for the second time");
      }
    }
    CsvRows feedback = CsvRows.ofFile(feedbackFile);
    PairRows rows = new PairRows(schema);
    int unmatched = 0;
    for (NamedCsvRecord row : feedback.rows()) {
      NamedCsvRecord pair = byId.get(feedback.text(row, PAIR_ID));
      if (pair == null
          || !rows.add(
              history,
              new PairRows.Feedback(
                  feedback.text(row, PAIR_ID),
                  pairs.text(pair, "chart_a"),
                  pairs.text(pair, "chart_b"),
                  instant(feedback, row, "at"),
                  feedback.number(row, "value"),
                  Double.NaN))) {
        unmatched++;
      }
    }
    return new TrainingSet(
        "files",
        "Feedback of " + feedback.rows().size() + " rows, charts of " + history.charts() + " ids.",
        "the value of the feedback",
        schema,
        rows.rows(),
        Map.of(),
        List.of(
            unmatched
                + " rows of feedback were left out: no such pair, or no chart was in effect when they were"
                + " given."));
  }

  private static ChartHistory charts(CsvRows charts) {
    ChartHistory history = new ChartHistory();
    for (NamedCsvRecord chart : charts.rows()) {
      int[] slots = new int[Body.COUNT];
      Arrays.fill(slots, MicroDegrees.ABSENT);
      for (Body body : Body.values()) {
        @Nullable String cell = charts.optional(chart, body.id());
        if (cell != null) {
          slots[body.slot()] = longitude(charts, chart, body);
        }
      }
      String effective = charts.optional(chart, "effective_at");
      history.add(
          charts.text(chart, CHART_ID),
          effective == null ? Long.MIN_VALUE : instant(charts, chart, "effective_at"),
          Longitudes.of(slots));
    }
    return history;
  }

  private static int longitude(CsvRows charts, NamedCsvRecord chart, Body body) {
    try {
      return MicroDegrees.ofDegrees(charts.number(chart, body.id()));
    } catch (IllegalArgumentException e) {
      throw charts.at(chart, "has no longitude from 0 to 360 in " + body.id());
    }
  }

  private static long instant(CsvRows rows, NamedCsvRecord row, String column) {
    String cell = rows.optional(row, column);
    if (cell == null) {
      return 0;
    }
    try {
      return Instant.parse(cell).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw rows.at(row, "has no moment such as 2026-01-01T00:00:00Z in " + column);
    }
  }
}
