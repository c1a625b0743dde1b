package io.cosmichub.gateway;

import io.cosmichub.chart.Body;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.v1.Deviation;
import io.cosmichub.contracts.v1.PopulationTrend;

/** Figures of a population as the pipeline publishes them. */
final class Everyone {
  private Everyone() {}

  /** A window of everyone, with one figure that is trending. */
  static void publish(Stage stage, int hour) {
    stage.trend(Format.JSON, hour, trending(0.25));
    stage.trend(Format.PROTOBUF, hour, figure("charts", "", 2_709));
    stage.trend(Format.JSON, hour, figure("pairs", "", 3_835));
    for (int i = 0; i < 40; i++) {
      String item = held(i, i * 7) + " " + (i % 2 == 0 ? "trine" : "sextile");
      stage.trend(Format.JSON, hour, figure("aspect.held", item, i / 200.0));
    }
    for (int bin = 0; bin < 20; bin++) {
      String item = "rules/classic@1 " + bin * 5 + "-" + (bin + 1) * 5;
      stage.trend(Format.JSON, hour, figure("score.bin", item, (1 + bin) / 210.0));
    }
    stage.trend(Format.JSON, hour, figure("score.mean", "rules/classic@1", 61.3));
    stage.trend(Format.JSON, hour, figure("score.quantile", "rules/classic@1 0.5", 62));
  }

  static PopulationTrend.Builder figure(String figure, String item, double value) {
    return PopulationTrend.newBuilder()
        .setFigure(figure)
        .setItem(item)
        .setValue(value)
        .setCount(1_000);
  }

  static PopulationTrend.Builder trending(double share) {
    return figure("aspect.held", "venus-mars trine", share)
        .setAmong(4_000)
        .setTrending(true)
        .setInsight("Venus-Mars trines are up 34% against the past 24 h, z 4.2, 1,000 pairs")
        .setDeviation(
            Deviation.newBuilder().setZ(4.2).setP(0.001).setExpected(0.18).setReferences(24));
  }

  private static String held(int one, int other) {
    int low = Math.min(one % 10, other % 10);
    int high = Math.max(one % 10, other % 10);
    return Body.ofSlot(low).id() + "-" + Body.ofSlot(high).id();
  }
}
