package io.cosmichub.contracts;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Timestamp;
import com.google.protobuf.WireFormat;
import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
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

/** Writes the binary form of the messages. For one thread. */
final class ProtobufWriter implements MessageWriter {
  /*
   * Cells are most of a pair update, and a generated builder for each of them is most of its cost. A Protobuf message is its fields
   * one after another, whoever wrote them: so the generated code writes the fields that come once, and the cells are appended from
   * pieces that were rendered once, by slot, by kind of change and by aspect code, and the eight bytes of their orbs.
   */
  private static final int MILLIS = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private static final byte CHANGES =
      tag(SynastryDelta.CHANGES_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final byte CLOSED =
      tag(SynastryDelta.CLOSED_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  private static final byte ASPECTS =
      tag(SynastryAspects.ASPECTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final byte LIVE_DELTA =
      tag(SynastryLive.DELTA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final byte LIVE_ASPECTS =
      tag(SynastryLive.ASPECTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final byte LIVE_SCORE =
      tag(SynastryLive.SCORE_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final byte CHANGE =
      tag(AspectChange.CHANGE_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  private static final byte ORB = tag(PairAspect.ORB_FIELD_NUMBER, WireFormat.WIRETYPE_FIXED64);
  private static final byte ORB_NOW =
      tag(AspectChange.ORB_FIELD_NUMBER, WireFormat.WIRETYPE_FIXED64);
  private static final byte ORB_BEFORE =
      tag(AspectChange.PREVIOUS_ORB_FIELD_NUMBER, WireFormat.WIRETYPE_FIXED64);

  // Both messages have their bodies in the same fields.
  private final byte[][] bodyA = new byte[Body.COUNT][];
  private final byte[][] bodyB = new byte[Body.COUNT][];
  private final byte[][] aspect = new byte[AspectPolicy.MAX_ASPECTS + 1][];
  private final byte[][] aspectNow = new byte[AspectPolicy.MAX_ASPECTS + 1][];
  private final byte[][] aspectBefore = new byte[AspectPolicy.MAX_ASPECTS + 1][];
  private final ByteSink out = new ByteSink();
  private final ByteSink cell = new ByteSink();
  private final String model;

  ProtobufWriter(AspectPolicy policy, String model) {
    for (Body body : Body.values()) {
      bodyA[body.slot()] = PairAspect.newBuilder().setBodyA(body.id()).build().toByteArray();
      bodyB[body.slot()] = PairAspect.newBuilder().setBodyB(body.id()).build().toByteArray();
    }
    for (Aspect each : policy.aspects()) {
      aspect[each.code()] = PairAspect.newBuilder().setAspect(each.id()).build().toByteArray();
      aspectNow[each.code()] = AspectChange.newBuilder().setAspect(each.id()).build().toByteArray();
      aspectBefore[each.code()] =
          AspectChange.newBuilder().setPreviousAspect(each.id()).build().toByteArray();
    }
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
    SynastryDelta.Builder once =
        SynastryDelta.newBuilder()
            .setPairId(update.pairId())
            .setChartA(update.chartA())
            .setChartB(update.chartB())
            .setRevisionA(update.revisionA())
            .setRevisionB(update.revisionB())
            .setPolicy(update.policy())
            .setSequence(update.sequence());
    if (update.eventTime() != ChartUpdate.NO_TIME) {
      once.setEventTime(time(update.eventTime()));
    }
    start(once.build());
    for (CellChange change : update.changes()) {
      append(change);
    }
    if (update.closed()) {
      out.put(CLOSED);
      out.put(1);
    }
    return out.toBytes();
  }

  @Override
  public byte[] aspects(PairUpdate update) {
    SynastryAspects.Builder once =
        SynastryAspects.newBuilder()
            .setPairId(update.pairId())
            .setChartA(update.chartA())
            .setChartB(update.chartB())
            .setRevisionA(update.revisionA())
            .setRevisionB(update.revisionB())
            .setPolicy(update.policy())
            .setSequence(update.sequence());
    if (update.eventTime() != ChartUpdate.NO_TIME) {
      once.setEventTime(time(update.eventTime()));
    }
    start(once.build());
    update.aspects().forEach(this::append);
    return out.toBytes();
  }

  @Override
  public byte[] score(PairUpdate update, RuleScore score) {
    return toScore(update, score).toByteArray();
  }

  @Override
  public byte[] live(PairUpdate update) {
    byte[] delta = delta(update);
    byte[] aspects = update.closed() ? null : aspects(update);
    out.clear();
    append(LIVE_DELTA, delta);
    if (aspects != null) {
      append(LIVE_ASPECTS, aspects);
    }
    RuleScore score = update.score();
    if (score != null) {
      append(LIVE_SCORE, score(update, score));
    }
    return out.toBytes();
  }

  private void start(MessageLite once) {
    out.clear();
    out.put(once.toByteArray());
  }

  private void append(int row, int col, int hit) {
    cell.clear();
    cell.put(bodyA[row]);
    cell.put(bodyB[col]);
    putHeld(aspect, ORB, hit);
    append(ASPECTS, cell.toBytes());
  }

  private void append(CellChange change) {
    ChangeKind kind = change.kind();
    cell.clear();
    cell.put(bodyA[change.row()]);
    cell.put(bodyB[change.col()]);
    cell.put(CHANGE);
    cell.put(wire(kind).getNumber());
    if (kind != ChangeKind.DISSOLVED) {
      putHeld(aspectNow, ORB_NOW, change.after());
    }
    if (kind != ChangeKind.FORMED) {
      putHeld(aspectBefore, ORB_BEFORE, change.before());
    }
    append(CHANGES, cell.toBytes());
  }

  private void putHeld(byte[][] names, byte orb, int hit) {
    cell.put(names[Hit.code(hit)]);
    cell.put(orb);
    cell.putLittleEndian(Double.doubleToRawLongBits(Decimals.degrees(Hit.orb(hit))));
  }

  /** A length-delimited field. */
  private void append(byte tag, byte[] value) {
    out.put(tag);
    int length = value.length;
    for (; length > 0x7F; length >>>= 7) {
      out.put(length | 0x80);
    }
    out.put(length);
    out.put(value);
  }

  /** The tag of a field whose number is below 16: one byte. */
  private static byte tag(int field, int wireType) {
    return (byte) (field << 3 | wireType);
  }

  private static Change wire(ChangeKind kind) {
    return switch (kind) {
      case FORMED -> Change.FORMED;
      case DISSOLVED -> Change.DISSOLVED;
      case REPLACED -> Change.REPLACED;
      case ORB_CHANGED -> Change.ORB_CHANGED;
    };
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
