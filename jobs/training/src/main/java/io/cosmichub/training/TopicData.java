package io.cosmichub.training;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.FeedbackDecoder;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.PairWatchDecoder;
import io.cosmichub.contracts.Topics;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feedback.Feedback;
import io.cosmichub.feedback.Metric;
import io.cosmichub.pair.PairWatch;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data set from the records of the pipeline's own input topics: charts, their moves, watches and
 * feedback. What the pipeline would refuse is left out, and what a tombstone erases is forgotten.
 */
final class TopicData {
  /** The topics whose records it takes. */
  static final List<String> TOPICS =
      List.of(Topics.CHART_UPDATES, Topics.CHART_MOVES, Topics.PAIR_WATCHES, Topics.PAIR_FEEDBACK);

  /** How far ahead a chart may lie is the pipeline's business. */
  private static final long ANY_TIME = Long.MAX_VALUE / 4;

  private final FeatureSchema schema;
  private final String kind;
  private final ChartUpdateDecoder chartDecoder;
  private final PairWatchDecoder watchDecoder = new PairWatchDecoder();
  private final FeedbackDecoder feedbackDecoder;
  private final ChartUpdates charts = new ChartUpdates();
  private final WatchHistory watches = new WatchHistory();
  private final Map<FeedbackKey, Feedback> feedback = new LinkedHashMap<>();
  private int refused;
  private int ofOtherKinds;
  private int repeated;

  /** What feedback is known by, but for its kind. */
  private record FeedbackKey(String pairId, long at) {}

  /** Takes feedback of one kind as labels. */
  TopicData(FeatureSchema schema, String kind, Clock clock) {
    this.schema = schema;
    this.kind = kind;
    this.chartDecoder = new ChartUpdateDecoder(ANY_TIME, clock);
    this.feedbackDecoder = new FeedbackDecoder(ANY_TIME, clock);
  }

  /** Takes a record; those of a partition in their order, topics in any. */
  void add(InputRecord record) {
    switch (record.topic()) {
      case Topics.CHART_UPDATES, Topics.CHART_MOVES -> chart(record);
      case Topics.PAIR_WATCHES -> watch(record);
      case Topics.PAIR_FEEDBACK -> feedback(record);
      default -> throw new IllegalArgumentException("records of " + record.topic());
    }
  }

  /** The rows: each piece of feedback with the charts that were in effect when it was given. */
  TrainingSet set() {
    ChartHistory history = charts.history();
    PairRows rows = new PairRows(schema);
    int unmatched = 0;
    for (Feedback said : feedback.values()) {
      PairWatch watch = watches.at(said.pairId(), said.at());
      if (watch == null || !isOf(said, watch) || !rows.add(history, row(said, watch))) {
        unmatched++;
      }
    }
    return new TrainingSet(
        "topics",
        "Feedback of kind "
            + kind
            + ": "
            + feedback.size()
            + " records of "
            + Topics.PAIR_FEEDBACK
            + "; charts of "
            + history.charts()
            + " ids.",
        "the value of the feedback",
        schema,
        rows.rows(),
        Map.of(),
        List.of(
            unmatched
                + " pieces of feedback were left out: no such pair, or no chart was in effect when they were"
                + " given.",
            repeated
                + " pieces of feedback came again, "
                + ofOtherKinds
                + " were of other kinds, and "
                + refused
                + " records were not as they must be."));
  }

  private void chart(InputRecord record) {
    Decoded<ChartUpdate> decoded = chartDecoder.decode(record);
    if (decoded instanceof Decoded.Value<ChartUpdate> value) {
      charts.add(value.value(), record.timestamp());
    } else if (decoded instanceof Decoded.Erase<ChartUpdate> erase) {
      charts.erase(erase.key(), record.timestamp());
    } else {
      refused++;
    }
  }

  private void watch(InputRecord record) {
    Decoded<PairWatch> decoded = watchDecoder.decode(record);
    if (decoded instanceof Decoded.Value<PairWatch> value) {
      watches.add(value.value(), record.timestamp());
    } else if (decoded instanceof Decoded.Erase<PairWatch> erase) {
      watches.erase(erase.key(), record.timestamp());
    } else {
      refused++;
    }
  }

  // The first of what claims the same pair, kind and time holds, as in the pipeline.
  private void feedback(InputRecord record) {
    if (!(feedbackDecoder.decode(record) instanceof Decoded.Value<Feedback> value)) {
      refused++;
      return;
    }
    Feedback said = value.value();
    if (!said.kind().equals(kind)) {
      ofOtherKinds++;
      return;
    }
    @Nullable Feedback before =
        feedback.putIfAbsent(new FeedbackKey(said.pairId(), said.at()), said);
    repeated += before == null ? 0 : 1;
  }

  private static boolean isOf(Feedback said, PairWatch watch) {
    return said.chartA().isEmpty() || said.chartA().equals(watch.chartA());
  }

  private static PairRows.Feedback row(Feedback said, PairWatch watch) {
    return new PairRows.Feedback(
        said.pairId(),
        watch.chartA(),
        watch.chartB(),
        said.at(),
        (double) said.value() / Metric.WHOLE,
        Double.NaN);
  }
}
