package io.cosmichub.pipeline;

import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.v1.BestMatches;
import io.cosmichub.contracts.v1.ChartMatch;
import io.cosmichub.contracts.v1.Deviation;
import io.cosmichub.contracts.v1.Interval;
import io.cosmichub.contracts.v1.PatternRule;
import io.cosmichub.contracts.v1.PopulationLate;
import io.cosmichub.contracts.v1.PopulationPattern;
import io.cosmichub.contracts.v1.PopulationTrend;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.streaming.matches.Match;
import io.cosmichub.streaming.matches.MatchList;
import io.cosmichub.streaming.population.LateChange;
import java.util.List;

/** What is published of the population, as the messages of its topics say it. */
final class PopulationMessages {

  private PopulationMessages() {}

  static PopulationTrend trend(PublishedFigure figure) {
    PopulationTrend.Builder trend =
        PopulationTrend.newBuilder()
            .setMetric(figure.metric())
            .setCohort(figure.window().cohort())
            .setFigure(figure.kind().id())
            .setItem(figure.item())
            .setWindowStart(PopulationEncoder.time(figure.window().start()))
            .setWindowEnd(PopulationEncoder.time(figure.window().end()))
            .setSliding(figure.sliding())
            .setValue(figure.value())
            .setCount(figure.count())
            .setAmong(figure.among())
            .setTrending(figure.trending())
            .setInsight(figure.insight())
            .setLink(figure.insight().isEmpty() ? "" : figure.window().link());
    io.cosmichub.population.trend.Deviation deviation = figure.deviation();
    if (deviation != null) {
      trend.setDeviation(
          Deviation.newBuilder()
              .setZ(deviation.z())
              .setP(deviation.p())
              .setExpected(deviation.expected())
              .setReferences(deviation.references()));
    }
    return trend.build();
  }

  static PopulationPattern pattern(PublishedPattern pattern) {
    PopulationPattern.Builder message =
        PopulationPattern.newBuilder()
            .setPattern(pattern.id())
            .setCohort(pattern.window().cohort())
            .setGroup(pattern.group().id())
            .addAllGiven(pattern.given())
            .setThen(pattern.then())
            .setWindowStart(PopulationEncoder.time(pattern.window().start()))
            .setWindowEnd(PopulationEncoder.time(pattern.window().end()))
            .setCount(pattern.count())
            .setAmong(pattern.among())
            .setSupport(pattern.support())
            .setSupportInterval(interval(pattern.supportInterval()))
            .setSample(pattern.sample());
    PublishedPattern.Rule rule = pattern.rule();
    if (rule != null) {
      message.setRule(
          PatternRule.newBuilder()
              .setConfidence(rule.confidence())
              .setConfidenceInterval(interval(rule.interval()))
              .setLift(rule.lift()));
    }
    return message.build();
  }

  static PopulationLate late(LateChange late) {
    PopulationLate.Builder message =
        PopulationLate.newBuilder()
            .setCohort(late.cohort())
            .setKind(late.pair() ? "pair" : "chart")
            .setId(late.id())
            .setEventTime(PopulationEncoder.time(late.eventTime()))
            .setWindowStart(PopulationEncoder.time(late.windowStart()))
            .setWindowEnd(PopulationEncoder.time(late.windowEnd()));
    if (late.now() != Long.MAX_VALUE) {
      message.setSeenAt(PopulationEncoder.time(late.now()));
    }
    return message.build();
  }

  /** Of a chart that was not erased. */
  static BestMatches matches(MatchList list, List<Match> matches) {
    BestMatches.Builder message =
        BestMatches.newBuilder()
            .setChartId(list.chartId())
            .setRevision(list.revision())
            .setCohort(list.cohort())
            .setAt(PopulationEncoder.time(list.at()))
            .setCompared(list.compared())
            .setModel(SynastryPipeline.MODEL);
    for (Match match : matches) {
      message.addMatches(
          ChartMatch.newBuilder()
              .setChartId(match.chartId())
              .setOverall(match.overall())
              .setRawTotal(match.rawTotal()));
    }
    return message.build();
  }

  private static Interval interval(io.cosmichub.population.pattern.Interval interval) {
    return Interval.newBuilder().setLow(interval.low()).setHigh(interval.high()).build();
  }
}
