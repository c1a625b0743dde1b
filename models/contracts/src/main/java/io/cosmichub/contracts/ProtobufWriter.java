package io.cosmichub.contracts;

import com.google.protobuf.Timestamp;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.ChangeKind;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.v1.Areas;
import io.cosmichub.contracts.v1.AspectChange;
import io.cosmichub.contracts.v1.Change;
import io.cosmichub.contracts.v1.NatureCounts;
import io.cosmichub.contracts.v1.PairAspect;
import io.cosmichub.contracts.v1.SynastryAspects;
import io.cosmichub.contracts.v1.SynastryDelta;
import io.cosmichub.contracts.v1.SynastryLive;
import io.cosmichub.contracts.v1.SynastryScore;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.score.RuleScore;

/** Writes the binary form of the messages. */
final class ProtobufWriter implements MessageWriter {
  private static final int MILLIS = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final CellNames cells;
  private final String model;

  ProtobufWriter(CellNames cells, String model) {
    this.cells = cells;
    this.model = model;
  }

  @Override
  public byte[] chart(ChartUpdate update) {
    io.cosmichub.contracts.v1.ChartUpdate.Builder message =
        io.cosmichub.contracts.v1.ChartUpdate.newBuilder()
            .setChartId(update.chartId())
            .setRevision(update.revision())
            .setPartial(update.partial())
            .addAllCohorts(update.cohorts());
    if (update.effectiveAt() != ChartUpdate.NO_TIME) {
      message.setEffectiveAt(time(update.effectiveAt()));
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
    return message.build().toByteArray();
  }

  @Override
  public byte[] watch(PairWatch watch) {
    io.cosmichub.contracts.v1.PairWatch.Builder message =
        io.cosmichub.contracts.v1.PairWatch.newBuilder()
            .setPairId(watch.pairId())
            .setChartA(watch.chartA())
            .setChartB(watch.chartB());
    if (watch.revision() != PairWatch.NO_REVISION) {
      message.setRevision(watch.revision());
    }
    return message.build().toByteArray();
  }

  @Override
  public byte[] delta(PairUpdate update) {
    return toDelta(update).toByteArray();
  }

  @Override
  public byte[] aspects(PairUpdate update) {
    return toAspects(update).toByteArray();
  }

  @Override
  public byte[] score(PairUpdate update, RuleScore score) {
    return toScore(update, score).toByteArray();
  }

  @Override
  public byte[] live(PairUpdate update) {
    SynastryLive.Builder message = SynastryLive.newBuilder().setDelta(toDelta(update));
    if (!update.closed()) {
      message.setAspects(toAspects(update));
    }
    RuleScore score = update.score();
    if (score != null) {
      message.setScore(toScore(update, score));
    }
    return message.build().toByteArray();
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

  private SynastryDelta toDelta(PairUpdate update) {
    SynastryDelta.Builder message =
        SynastryDelta.newBuilder()
            .setPairId(update.pairId())
            .setChartA(update.chartA())
            .setChartB(update.chartB())
            .setRevisionA(update.revisionA())
            .setRevisionB(update.revisionB())
            .setPolicy(update.policy())
            .setSequence(update.sequence())
            .setClosed(update.closed());
    if (update.eventTime() != ChartUpdate.NO_TIME) {
      message.setEventTime(time(update.eventTime()));
    }
    for (CellChange change : update.changes()) {
      message.addChanges(toChange(change));
    }
    return message.build();
  }

  private AspectChange toChange(CellChange change) {
    ChangeKind kind = change.kind();
    AspectChange.Builder message =
        AspectChange.newBuilder()
            .setBodyA(cells.body(change.row()))
            .setBodyB(cells.body(change.col()))
            .setChange(wire(kind));
    if (kind != ChangeKind.DISSOLVED) {
      message.setAspect(cells.aspect(change.after()));
      message.setOrb(Decimals.degrees(Hit.orb(change.after())));
    }
    if (kind != ChangeKind.FORMED) {
      message.setPreviousAspect(cells.aspect(change.before()));
      message.setPreviousOrb(Decimals.degrees(Hit.orb(change.before())));
    }
    return message.build();
  }

  private static Change wire(ChangeKind kind) {
    return switch (kind) {
      case FORMED -> Change.FORMED;
      case DISSOLVED -> Change.DISSOLVED;
      case REPLACED -> Change.REPLACED;
      case ORB_CHANGED -> Change.ORB_CHANGED;
    };
  }

  private SynastryAspects toAspects(PairUpdate update) {
    SynastryAspects.Builder message =
        SynastryAspects.newBuilder()
            .setPairId(update.pairId())
            .setChartA(update.chartA())
            .setChartB(update.chartB())
            .setRevisionA(update.revisionA())
            .setRevisionB(update.revisionB())
            .setPolicy(update.policy())
            .setSequence(update.sequence());
    if (update.eventTime() != ChartUpdate.NO_TIME) {
      message.setEventTime(time(update.eventTime()));
    }
    AspectSet set = update.aspects();
    set.forEach(
        (row, col, hit) ->
            message.addAspects(
                PairAspect.newBuilder()
                    .setBodyA(cells.body(row))
                    .setBodyB(cells.body(col))
                    .setAspect(cells.aspect(hit))
                    .setOrb(Decimals.degrees(Hit.orb(hit)))));
    return message.build();
  }

  private SynastryScore toScore(PairUpdate update, RuleScore score) {
    return SynastryScore.newBuilder()
        .setPairId(update.pairId())
        .setRevisionA(update.revisionA())
        .setRevisionB(update.revisionB())
        .setOverall(score.overall())
        .setRawTotal(score.rawTotal())
        .setAreas(
            Areas.newBuilder()
                .setEmotional(score.areas().emotional())
                .setCommunication(score.areas().communication())
                .setPhysical(score.areas().physical())
                .setSpiritual(score.areas().spiritual())
                .setStability(score.areas().stability()))
        .setNatureCounts(
            NatureCounts.newBuilder()
                .setHarmonious(score.harmonious())
                .setChallenging(score.challenging())
                .setNeutral(score.neutral()))
        .setModel(model)
        .build();
  }

  private static Timestamp time(long epochMillis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(epochMillis, MILLIS))
        .setNanos(Math.floorMod(epochMillis, MILLIS) * NANOS_PER_MILLI)
        .build();
  }
}
