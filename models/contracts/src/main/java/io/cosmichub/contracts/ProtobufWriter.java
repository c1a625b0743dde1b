package io.cosmichub.contracts;

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
import io.cosmichub.pair.Served;
import io.cosmichub.score.RuleScore;
import io.cosmichub.score.RuleScorer;
import org.jspecify.annotations.Nullable;

/** Writes the binary form of the messages. For one thread. */
final class ProtobufWriter implements MessageWriter {
  /*
   * A Protobuf message is its fields one after another, whoever wrote them. Cells are most of a pair update, and all of a cell but
   * its orb is known beforehand: tag, length, bodies and aspect are rendered once for each combination that comes up, and a cell is
   * one copy and the eight bytes of its orb. A default is left out, as proto3 has it.
   */
  private static final int MILLIS = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int CELLS = Body.COUNT * Body.COUNT;

  private static final byte PAIR_ID = bytes(SynastryDelta.PAIR_ID_FIELD_NUMBER);
  private static final byte CHART_A = bytes(SynastryDelta.CHART_A_FIELD_NUMBER);
  private static final byte CHART_B = bytes(SynastryDelta.CHART_B_FIELD_NUMBER);
  private static final byte REVISION_A = varint(SynastryDelta.REVISION_A_FIELD_NUMBER);
  private static final byte REVISION_B = varint(SynastryDelta.REVISION_B_FIELD_NUMBER);
  private static final byte POLICY = bytes(SynastryDelta.POLICY_FIELD_NUMBER);
  private static final byte SEQUENCE = varint(SynastryDelta.SEQUENCE_FIELD_NUMBER);
  private static final byte EVENT_TIME = bytes(SynastryDelta.EVENT_TIME_FIELD_NUMBER);
  private static final byte CHANGES = bytes(SynastryDelta.CHANGES_FIELD_NUMBER);
  private static final byte CLOSED = varint(SynastryDelta.CLOSED_FIELD_NUMBER);
  private static final byte ASPECTS = bytes(SynastryAspects.ASPECTS_FIELD_NUMBER);
  private static final byte SECONDS = varint(Timestamp.SECONDS_FIELD_NUMBER);
  private static final byte NANOS = varint(Timestamp.NANOS_FIELD_NUMBER);
  private static final byte LIVE_DELTA = bytes(SynastryLive.DELTA_FIELD_NUMBER);
  private static final byte LIVE_ASPECTS = bytes(SynastryLive.ASPECTS_FIELD_NUMBER);
  private static final byte LIVE_SCORE = bytes(SynastryLive.SCORE_FIELD_NUMBER);
  private static final byte SCORE_PAIR_ID = bytes(SynastryScore.PAIR_ID_FIELD_NUMBER);
  private static final byte SCORE_REVISION_A = varint(SynastryScore.REVISION_A_FIELD_NUMBER);
  private static final byte SCORE_REVISION_B = varint(SynastryScore.REVISION_B_FIELD_NUMBER);
  private static final byte OVERALL = fixed64(SynastryScore.OVERALL_FIELD_NUMBER);
  private static final byte RAW_TOTAL = fixed64(SynastryScore.RAW_TOTAL_FIELD_NUMBER);
  private static final byte AREAS = bytes(SynastryScore.AREAS_FIELD_NUMBER);
  private static final byte NATURE_COUNTS = bytes(SynastryScore.NATURE_COUNTS_FIELD_NUMBER);
  private static final byte MODEL = bytes(SynastryScore.MODEL_FIELD_NUMBER);
  private static final byte EXPERIMENT = bytes(SynastryScore.EXPERIMENT_FIELD_NUMBER);
  private static final byte ARM = bytes(SynastryScore.ARM_FIELD_NUMBER);
  private static final byte MODEL_SCORE = fixed64(SynastryScore.MODEL_SCORE_FIELD_NUMBER);
  private static final byte EMOTIONAL = fixed64(Areas.EMOTIONAL_FIELD_NUMBER);
  private static final byte COMMUNICATION = fixed64(Areas.COMMUNICATION_FIELD_NUMBER);
  private static final byte PHYSICAL = fixed64(Areas.PHYSICAL_FIELD_NUMBER);
  private static final byte SPIRITUAL = fixed64(Areas.SPIRITUAL_FIELD_NUMBER);
  private static final byte STABILITY = fixed64(Areas.STABILITY_FIELD_NUMBER);
  private static final byte HARMONIOUS = varint(NatureCounts.HARMONIOUS_FIELD_NUMBER);
  private static final byte CHALLENGING = varint(NatureCounts.CHALLENGING_FIELD_NUMBER);
  private static final byte NEUTRAL = varint(NatureCounts.NEUTRAL_FIELD_NUMBER);
  private static final byte CHANGE = varint(AspectChange.CHANGE_FIELD_NUMBER);
  private static final byte ORB_NOW = fixed64(AspectChange.ORB_FIELD_NUMBER);
  private static final byte ORB_BEFORE = fixed64(AspectChange.PREVIOUS_ORB_FIELD_NUMBER);
  private static final byte ORB = fixed64(PairAspect.ORB_FIELD_NUMBER);

  // Both messages have their bodies in the same fields.
  private final byte[][] bodyA = new byte[Body.COUNT][];
  private final byte[][] bodyB = new byte[Body.COUNT][];
  private final byte[][] aspect = new byte[AspectPolicy.MAX_ASPECTS + 1][];
  private final byte[][] aspectNow = new byte[AspectPolicy.MAX_ASPECTS + 1][];
  private final byte[][] aspectBefore = new byte[AspectPolicy.MAX_ASPECTS + 1][];
  private final byte[] @Nullable [] cells = new byte[CELLS * (AspectPolicy.MAX_ASPECTS + 1)][];
  private final ByteSink out = new ByteSink();
  private final ByteSink part = new ByteSink();
  private final String policy;
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
    this.policy = policy.id();
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
    start(update);
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
    start(update);
    update.aspects().forEach(this::append);
    return out.toBytes();
  }

  @Override
  public byte[] score(PairUpdate update, RuleScore score) {
    out.clear();
    put(SCORE_PAIR_ID, update.pairId());
    put(SCORE_REVISION_A, update.revisionA());
    put(SCORE_REVISION_B, update.revisionB());
    put(OVERALL, score.overall(), out);
    put(RAW_TOTAL, score.rawTotal(), out);
    part.clear();
    put(EMOTIONAL, score.areas().emotional(), part);
    put(COMMUNICATION, score.areas().communication(), part);
    put(PHYSICAL, score.areas().physical(), part);
    put(SPIRITUAL, score.areas().spiritual(), part);
    put(STABILITY, score.areas().stability(), part);
    putPart(AREAS);
    part.clear();
    put(HARMONIOUS, score.harmonious(), part);
    put(CHALLENGING, score.challenging(), part);
    put(NEUTRAL, score.neutral(), part);
    putPart(NATURE_COUNTS);
    Served served = update.served();
    put(MODEL, served != null && served.hasModel() ? served.model() : rules(update));
    if (served != null) {
      put(EXPERIMENT, served.experiment());
      put(ARM, served.arm());
      if (served.hasModel()) { // a 0 is an answer, too
        out.put(MODEL_SCORE);
        out.putLittleEndian(Double.doubleToRawLongBits(served.score()));
      }
    }
    return out.toBytes();
  }

  private String rules(PairUpdate update) {
    return update.policy().equals(policy) ? model : RuleScorer.name(update.policy());
  }

  @Override
  public byte[] live(byte[] delta, byte @Nullable [] aspects, byte @Nullable [] score) {
    out.clear();
    put(LIVE_DELTA, delta);
    if (aspects != null) {
      put(LIVE_ASPECTS, aspects);
    }
    if (score != null) {
      put(LIVE_SCORE, score);
    }
    return out.toBytes();
  }

  /** The fields that come once; delta and full set have them under the same numbers. */
  private void start(PairUpdate update) {
    out.clear();
    put(PAIR_ID, update.pairId());
    put(CHART_A, update.chartA());
    put(CHART_B, update.chartB());
    put(REVISION_A, update.revisionA());
    put(REVISION_B, update.revisionB());
    put(POLICY, update.policy());
    put(SEQUENCE, update.sequence());
    if (update.eventTime() != ChartUpdate.NO_TIME) {
      part.clear();
      put(SECONDS, Math.floorDiv(update.eventTime(), MILLIS), part);
      put(NANOS, (long) Math.floorMod(update.eventTime(), MILLIS) * NANOS_PER_MILLI, part);
      putPart(EVENT_TIME);
    }
  }

  private void append(int row, int col, int hit) {
    int code = Hit.code(hit);
    int index = code * CELLS + row * Body.COUNT + col;
    byte[] cell = cells[index];
    if (cell == null) {
      cell = render(bodyA[row], bodyB[col], aspect[code]);
      cells[index] = cell;
    }
    out.put(cell);
    out.putLittleEndian(orb(hit));
  }

  private void append(CellChange change) {
    ChangeKind kind = change.kind();
    part.clear();
    part.put(bodyA[change.row()]);
    part.put(bodyB[change.col()]);
    part.put(CHANGE);
    part.put(wire(kind).getNumber());
    if (kind != ChangeKind.DISSOLVED) {
      part.put(aspectNow[Hit.code(change.after())]);
      putOrb(ORB_NOW, change.after(), part);
    }
    if (kind != ChangeKind.FORMED) {
      part.put(aspectBefore[Hit.code(change.before())]);
      putOrb(ORB_BEFORE, change.before(), part);
    }
    putPart(CHANGES);
  }

  /** All of a held aspect but the eight bytes of its orb. */
  private static byte[] render(byte[] bodyA, byte[] bodyB, byte[] aspect) {
    ByteSink cell = new ByteSink();
    cell.put(ASPECTS);
    cell.putVarint(bodyA.length + bodyB.length + aspect.length + 1 + Double.BYTES);
    cell.put(bodyA);
    cell.put(bodyB);
    cell.put(aspect);
    cell.put(ORB);
    return cell.toBytes();
  }

  private static void putOrb(byte tag, int hit, ByteSink sink) {
    sink.put(tag);
    sink.putLittleEndian(orb(hit));
  }

  private static long orb(int hit) {
    return Double.doubleToRawLongBits(Decimals.degrees(Hit.orb(hit)));
  }

  private void put(byte tag, String value) {
    if (!value.isEmpty()) {
      out.put(tag);
      out.putUtf8(value);
    }
  }

  private void put(byte tag, long value) {
    put(tag, value, out);
  }

  private static void put(byte tag, long value, ByteSink sink) {
    if (value != 0) {
      sink.put(tag);
      sink.putVarint(value);
    }
  }

  private static void put(byte tag, double value, ByteSink sink) {
    long bits = Double.doubleToRawLongBits(value);
    if (bits != 0) {
      sink.put(tag);
      sink.putLittleEndian(bits);
    }
  }

  private void put(byte tag, byte[] message) {
    out.put(tag);
    out.putVarint(message.length);
    out.put(message);
  }

  private void putPart(byte tag) {
    out.put(tag);
    out.putVarint(part.length());
    out.put(part);
  }

  private static byte bytes(int field) {
    return tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  }

  private static byte varint(int field) {
    return tag(field, WireFormat.WIRETYPE_VARINT);
  }

  private static byte fixed64(int field) {
    return tag(field, WireFormat.WIRETYPE_FIXED64);
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
}
