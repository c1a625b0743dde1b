package io.cosmichub.contracts;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.v1.ArmResult;
import io.cosmichub.contracts.v1.BestMatches;
import io.cosmichub.contracts.v1.ChartMatch;
import io.cosmichub.contracts.v1.ChartMatches;
import io.cosmichub.contracts.v1.Deviation;
import io.cosmichub.contracts.v1.Estimate;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.contracts.v1.GuardrailFigures;
import io.cosmichub.contracts.v1.Interval;
import io.cosmichub.contracts.v1.MetricFigures;
import io.cosmichub.contracts.v1.PatternRule;
import io.cosmichub.contracts.v1.PopulationLate;
import io.cosmichub.contracts.v1.PopulationPattern;
import io.cosmichub.contracts.v1.PopulationTrend;
import io.cosmichub.contracts.v1.ScanFigure;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.Served;
import io.cosmichub.score.RuleScore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Messages for the tests of this module, random ones from a seed. */
final class Samples {
  static final AspectPolicy CLASSIC = AspectPolicy.classic();
  static final String MODEL = "rules/classic@1";
  static final long NOW = Instant.parse("2026-06-01T12:00:00Z").toEpochMilli();
  static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  static final long DAY = 86_400_000;

  private Samples() {}

  static InputRecord record(
      String topic, @Nullable String key, byte @Nullable [] value, Header... headers) {
    return new InputRecord(
        topic,
        3,
        42,
        NOW,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        value,
        List.of(headers));
  }

  static InputRecord record(String topic, String key, String json) {
    return record(topic, key, json.getBytes(StandardCharsets.UTF_8));
  }

  /** An output of an encoder as the input of a decoder. */
  static InputRecord received(OutputRecord sent) {
    return new InputRecord(sent.topic(), 0, 7, NOW, sent.key(), sent.value(), sent.headers());
  }

  static Decoded<ChartUpdate> chart(InputRecord record) {
    return new ChartUpdateDecoder(DAY, CLOCK).decode(record);
  }

  static ChartUpdate randomChart(Random random) {
    ChartUpdate.Builder update =
        ChartUpdate.builder(
                "chart-" + random.nextInt(1000),
                random.nextInt(4) == 0 ? 0 : random.nextLong() >>> 1)
            .effectiveAt(NOW - random.nextInt(1_000_000_000))
            .partial(random.nextBoolean());
    for (Body body : Body.values()) {
      if (random.nextInt(4) > 0) {
        int speed =
            random.nextBoolean() ? Position.UNKNOWN_SPEED : random.nextInt(30_000_000) - 15_000_000;
        update.position(body, new Position(random.nextInt(MicroDegrees.CIRCLE), speed));
      }
    }
    if (random.nextBoolean()) {
      update.cusps(random.ints(12, 0, MicroDegrees.CIRCLE).toArray());
    }
    if (random.nextBoolean()) {
      List<String> cohorts = new ArrayList<>(List.of("people", "königinnen", "中文"));
      Collections.sort(cohorts);
      update.cohorts(cohorts);
    }
    return update.build();
  }

  static BestMatches randomBest(Random random) {
    BestMatches.Builder matches =
        BestMatches.newBuilder()
            .setChartId("königin \"" + random.nextInt(1000))
            .setRevision(random.nextInt(4) == 0 ? 0 : random.nextLong() >>> 1)
            .setCohort("everyone")
            .setAt(PopulationEncoder.time(NOW + random.nextInt(1_000_000)))
            .setCompared(random.nextInt(3) == 0 ? 0 : random.nextInt(20_000))
            .setModel(random.nextInt(4) == 0 ? "" : MODEL);
    for (int left = random.nextInt(4); left > 0; left--) {
      matches.addMatches(
          ChartMatch.newBuilder()
              .setChartId("id \u2736 " + random.nextInt(1000))
              .setOverall(random.nextInt(1001) / 10.0)
              .setRawTotal(100 * random.nextGaussian()));
    }
    return matches.build();
  }

  static PopulationTrend randomTrend(Random random) {
    PopulationTrend.Builder trend =
        PopulationTrend.newBuilder()
            .setMetric("everyone/PT1H/aspect.held/venus-mars trine " + random.nextInt(1000))
            .setCohort("everyone")
            .setFigure("aspect.held")
            .setWindowStart(PopulationEncoder.time(NOW))
            .setWindowEnd(PopulationEncoder.time(NOW + 3_600_000))
            .setSliding(random.nextBoolean())
            .setValue(random.nextGaussian())
            .setCount(random.nextLong() >>> 1)
            .setTrending(random.nextBoolean());
    if (random.nextBoolean()) {
      trend.setItem("venus-mars trine").setAmong(random.nextInt(5)).setInsight("\"up\" 34 % ✶");
      trend.setLink("everyone/2026-01-01T00:00:00Z/2026-01-01T01:00:00Z");
    }
    if (random.nextBoolean()) {
      trend.setDeviation(
          Deviation.newBuilder()
              .setZ(random.nextGaussian())
              .setP(random.nextDouble())
              .setExpected(random.nextDouble())
              .setReferences(8 + random.nextInt(50)));
    }
    return trend.build();
  }

  static PopulationPattern randomPattern(Random random) {
    PopulationPattern.Builder pattern =
        PopulationPattern.newBuilder()
            .setPattern("everyone/PT24H/pairs/" + random.nextInt(1000))
            .setCohort("everyone")
            .setGroup(random.nextBoolean() ? "pairs" : "high-scorers")
            .setThen("venus-mars trine")
            .setWindowStart(PopulationEncoder.time(NOW))
            .setWindowEnd(PopulationEncoder.time(NOW + DAY))
            .setCount(random.nextInt(1000))
            .setAmong(1000)
            .setSupport(random.nextDouble())
            .setSupportInterval(randomInterval(random))
            .setSample(1 - random.nextDouble());
    if (random.nextBoolean()) {
      pattern
          .addAllGiven(
              List.of("sun-moon trine", "sun-sun \"square\"").subList(0, 1 + random.nextInt(2)))
          .setRule(
              PatternRule.newBuilder()
                  .setConfidence(random.nextDouble())
                  .setConfidenceInterval(randomInterval(random))
                  .setLift(10 * random.nextDouble()));
    }
    return pattern.build();
  }

  private static Interval randomInterval(Random random) {
    return Interval.newBuilder()
        .setLow(random.nextInt(5) == 0 ? 0 : random.nextDouble())
        .setHigh(random.nextDouble())
        .build();
  }

  static PopulationLate randomLate(Random random) {
    PopulationLate.Builder late =
        PopulationLate.newBuilder()
            .setCohort("everyone")
            .setKind(random.nextBoolean() ? "pair" : "chart")
            .setId("id " + random.nextInt(1000))
            .setEventTime(PopulationEncoder.time(NOW - random.nextInt(1_000_000)))
            .setWindowStart(PopulationEncoder.time(NOW - 3_600_000))
            .setWindowEnd(PopulationEncoder.time(NOW));
    if (random.nextBoolean()) {
      late.setSeenAt(PopulationEncoder.time(NOW + random.nextInt(1_000_000)));
    }
    return late.build();
  }

  static ScanFigure randomFigure(Random random) {
    ScanFigure.Builder figure =
        ScanFigure.newBuilder()
            .setMetric("pattern/pairs/" + random.nextInt(1000))
            .setAt(PopulationEncoder.time(NOW))
            .setFigure("pattern")
            .setGroup(random.nextBoolean() ? "pairs" : "best-matches")
            .setCount(random.nextInt(1000))
            .setAmong(random.nextLong() >>> 1)
            .setShare(random.nextDouble());
    if (random.nextBoolean()) {
      figure.setItem("venus-mars \"trine\"").setShareInterval(randomInterval(random));
    }
    if (random.nextBoolean()) {
      figure
          .addAllGiven(
              List.of("sun-moon trine", "sun-sun square").subList(0, 1 + random.nextInt(2)))
          .setRule(
              PatternRule.newBuilder()
                  .setConfidence(random.nextDouble())
                  .setConfidenceInterval(randomInterval(random))
                  .setLift(10 * random.nextDouble()));
    } else {
      figure.setEvenShare(random.nextInt(4) == 0 ? 0 : random.nextDouble());
    }
    return figure.build();
  }

  static ChartMatches randomMatches(Random random) {
    ChartMatches.Builder matches =
        ChartMatches.newBuilder()
            .setChartId("königin " + random.nextInt(1000))
            .setAt(PopulationEncoder.time(NOW + random.nextInt(1_000_000)))
            .setModel(random.nextInt(4) == 0 ? "" : MODEL);
    for (int place = random.nextInt(4); place > 0; place--) {
      matches.addMatches(
          ChartMatch.newBuilder()
              .setChartId("chart " + place)
              .setOverall(random.nextInt(1001) / 10.0)
              .setRawTotal(100 * random.nextGaussian()));
    }
    return matches.build();
  }

  static ExperimentResult randomResult(Random random) {
    ExperimentResult.Builder result =
        ExperimentResult.newBuilder()
            .setExperiment("new-model-" + random.nextInt(100))
            .setVersion(1 + random.nextInt(9))
            .setAt(PopulationEncoder.time(NOW + random.nextInt(1_000_000)))
            .setVerdictValue(1 + random.nextInt(4))
            .setReason("\"treatment\" is better ✶")
            .setPrimaryMetric("rating")
            .setSlope(random.nextGaussian())
            .setSampleRatioBroken(random.nextBoolean());
    for (int arm = 0; arm < 2 + random.nextInt(3); arm++) {
      ArmResult.Builder line =
          ArmResult.newBuilder()
              .setArm("arm-" + arm)
              .setAssigned(random.nextInt(100_000))
              .setExpectedShare(random.nextDouble())
              .setPrimary(randomFigures(random));
      if (random.nextBoolean()) {
        line.setEffect(randomEstimate(random)).setPaused("it harms score-latency");
      }
      for (int guardrail = random.nextInt(3); guardrail > 0; guardrail--) {
        GuardrailFigures.Builder figures =
            GuardrailFigures.newBuilder()
                .setMetric("score-latency")
                .setFigures(randomFigures(random))
                .setHarmed(random.nextBoolean());
        if (random.nextBoolean()) {
          figures.setChange(randomEstimate(random));
        }
        line.addGuardrails(figures);
      }
      result.addArms(line);
    }
    return result.build();
  }

  private static MetricFigures randomFigures(Random random) {
    MetricFigures.Builder figures =
        MetricFigures.newBuilder()
            .setCount(random.nextInt(100_000))
            .setMean(random.nextGaussian())
            .setVariance(random.nextDouble());
    if (random.nextBoolean()) {
      figures.setInterval(randomEstimate(random));
    }
    return figures.build();
  }

  private static Estimate randomEstimate(Random random) {
    return Estimate.newBuilder()
        .setEstimate(random.nextGaussian())
        .setLow(random.nextGaussian())
        .setHigh(random.nextGaussian())
        .build();
  }

  static PairUpdate randomUpdate(Random random) {
    AspectSet before = random.nextInt(4) == 0 ? AspectSet.EMPTY : randomSet(random);
    boolean closed = random.nextInt(5) == 0;
    AspectSet after = closed ? AspectSet.EMPTY : randomSet(random);
    PairUpdate update =
        new PairUpdate(
            "pair \"" + random.nextInt(1000) + "\" ✶",
            "a",
            "b",
            random.nextLong() >>> 1,
            random.nextLong() >>> 1,
            CLASSIC.id(),
            1 + random.nextInt(1000),
            random.nextInt(5) == 0 ? ChartUpdate.NO_TIME : NOW - random.nextInt(1_000_000_000),
            closed,
            AspectDelta.between(before, after),
            after,
            closed ? null : RuleScore.of(after, CLASSIC),
            NOW);
    return closed ? update : update.with(randomServed(random));
  }

  private static @Nullable Served randomServed(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Served("compatibility@3", random.nextGaussian(), "", "");
      case 1 -> new Served("compatibility@3", 0, "new-model", "model");
      case 2 -> new Served("", 0, "new-model", "control");
      default -> null;
    };
  }

  static AspectSet randomSet(Random random) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < 10; row++) {
      for (int col = 0; col < 10; col++) {
        int hit = CLASSIC.match(random.nextInt(MicroDegrees.HALF + 1));
        if (hit != 0) {
          set.put(row, col, hit);
        }
      }
    }
    return set.build();
  }

  static byte[] resource(String name) {
    try (InputStream in = Topics.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
