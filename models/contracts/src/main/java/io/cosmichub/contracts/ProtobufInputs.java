package io.cosmichub.contracts;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.pair.PairWatch;

/** Makes messages of what producers send; the pipeline itself writes none of these. */
final class ProtobufInputs {

  private ProtobufInputs() {}

  /** A chart as it stands on its topic. */
  static io.cosmichub.contracts.v1.ChartUpdate chart(ChartUpdate update) {
    io.cosmichub.contracts.v1.ChartUpdate.Builder message =
        io.cosmichub.contracts.v1.ChartUpdate.newBuilder()
            .setChartId(update.chartId())
            .setRevision(update.revision())
            .setPartial(update.partial())
            .addAllCohorts(update.cohorts());
    if (update.effectiveAt() != ChartUpdate.NO_TIME) {
      message.setEffectiveAt(Timestamps.of(update.effectiveAt()));
    }
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = update.position(slot);
      if (position != null) {
        message.putPositions(Body.ofSlot(slot).id(), position(position));
      }
    }
    int[] cusps = update.cusps();
    if (cusps != null) {
      for (int cusp : cusps) {
        message.addCusps(Decimals.degrees(cusp));
      }
    }
    return message.build();
  }

  /** A watch likewise. */
  static io.cosmichub.contracts.v1.PairWatch watch(PairWatch watch) {
    io.cosmichub.contracts.v1.PairWatch.Builder message =
        io.cosmichub.contracts.v1.PairWatch.newBuilder()
            .setPairId(watch.pairId())
            .setChartA(watch.chartA())
            .setChartB(watch.chartB());
    if (watch.revision() != PairWatch.NO_REVISION) {
      message.setRevision(watch.revision());
    }
    return message.build();
  }

  private static io.cosmichub.contracts.v1.Position position(Position position) {
    io.cosmichub.contracts.v1.Position.Builder message =
        io.cosmichub.contracts.v1.Position.newBuilder()
            .setLongitude(Decimals.degrees(position.longitude()));
    if (position.hasSpeed()) {
      message.setSpeed(Decimals.degrees(position.speed()));
    }
    return message.build();
  }
}
