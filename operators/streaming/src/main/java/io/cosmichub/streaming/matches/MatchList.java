package io.cosmichub.streaming.matches;

import io.cosmichub.streaming.record.RecordTypeInfo;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * The best matches of a chart at a moment; nothing where it was erased.
 *
 * @param chartId the chart
 * @param revision its revision as it was compared; 0 where it was erased
 * @param cohort among whom
 * @param at when, in epoch milliseconds
 * @param compared with how many others it was compared
 * @param matches the best first; null where the chart was erased
 */
public record MatchList(
    String chartId,
    long revision,
    String cohort,
    long at,
    int compared,
    @Nullable List<Match> matches) {

  /** The type of a list. */
  public static final TypeInformation<MatchList> TYPE =
      new RecordTypeInfo<>(MatchList.class, new MatchListSerializer());

  /** Copies the list. */
  public MatchList {
    Objects.requireNonNull(chartId, "chartId");
    Objects.requireNonNull(cohort, "cohort");
    matches = matches == null ? null : List.copyOf(matches);
  }

  static MatchList erased(String chartId, String cohort, long at) {
    return new MatchList(chartId, 0, cohort, at, 0, null);
  }
}
