package io.cosmichub.streaming.matches;

import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The state of {@link MatchesFunction}; the names are part of every savepoint. */
final class MatchStates {

  private MatchStates() {}

  /** The charts of a cohort, by id. */
  static MapStateDescriptor<String, MatchedChart> charts() {
    return new MapStateDescriptor<>(
        "matched-charts",
        Types.STRING,
        new RecordTypeInfo<>(MatchedChart.class, new MatchedChartSerializer()));
  }

  /** What was last published of each. */
  static MapStateDescriptor<String, PublishedMatches> published() {
    return new MapStateDescriptor<>(
        "published-matches",
        Types.STRING,
        new RecordTypeInfo<>(PublishedMatches.class, new PublishedMatchesSerializer()));
  }

  /** When the lists of those that wait for one are due, in epoch milliseconds. */
  static MapStateDescriptor<String, Long> waiting() {
    return new MapStateDescriptor<>("waiting-for-matches", Types.STRING, Types.LONG);
  }
}
