package io.cosmichub.pipeline;

import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.MatchesEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.v1.BestMatches;
import io.cosmichub.contracts.v1.ChartMatch;
import io.cosmichub.streaming.matches.Match;
import io.cosmichub.streaming.matches.MatchList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes the best matches of a chart as a record. */
final class EncodeMatches extends RichMapFunction<MatchList, OutputRecord> {

  private static final long serialVersionUID = 1L;

  // configuration
  private final Format format;

  // runtime
  private transient MatchesEncoder encoder;

  EncodeMatches(Format format) {
    this.format = format;
  }

  @Override
  public void open(OpenContext context) {
    encoder = new MatchesEncoder(format);
  }

  @Override
  public OutputRecord map(MatchList list) {
    List<Match> matches = list.matches();
    if (matches == null) {
      return encoder.erase(list.chartId(), list.at());
    }
    BestMatches.Builder message =
        BestMatches.newBuilder()
            .setChartId(list.chartId())
            .setRevision(list.revision())
            .setCohort(list.cohort())
            .setAt(PopulationEncoder.time(list.at()))
            .setCompared(list.compared());
    for (Match match : matches) {
      message.addMatches(
          ChartMatch.newBuilder()
              .setChartId(match.chartId())
              .setOverall(match.overall())
              .setRawTotal(match.rawTotal()));
    }
    return encoder.encode(message.build());
  }
}
