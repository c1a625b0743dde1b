package io.cosmichub.contracts;

import static io.cosmichub.contracts.ProtobufTags.AREAS;
import static io.cosmichub.contracts.ProtobufTags.ARM;
import static io.cosmichub.contracts.ProtobufTags.ASPECTS;
import static io.cosmichub.contracts.ProtobufTags.CHALLENGING;
import static io.cosmichub.contracts.ProtobufTags.CHANGE;
import static io.cosmichub.contracts.ProtobufTags.CHANGES;
import static io.cosmichub.contracts.ProtobufTags.CHART_A;
import static io.cosmichub.contracts.ProtobufTags.CHART_B;
import static io.cosmichub.contracts.ProtobufTags.CLOSED;
import static io.cosmichub.contracts.ProtobufTags.COMMUNICATION;
import static io.cosmichub.contracts.ProtobufTags.EMOTIONAL;
import static io.cosmichub.contracts.ProtobufTags.EVENT_TIME;
import static io.cosmichub.contracts.ProtobufTags.EXPERIMENT;
import static io.cosmichub.contracts.ProtobufTags.HARMONIOUS;
import static io.cosmichub.contracts.ProtobufTags.LIVE_ASPECTS;
import static io.cosmichub.contracts.ProtobufTags.LIVE_DELTA;
import static io.cosmichub.contracts.ProtobufTags.LIVE_SCORE;
import static io.cosmichub.contracts.ProtobufTags.MODEL;
import static io.cosmichub.contracts.ProtobufTags.MODEL_SCORE;
import static io.cosmichub.contracts.ProtobufTags.NANOS;
import static io.cosmichub.contracts.ProtobufTags.NATURE_COUNTS;
import static io.cosmichub.contracts.ProtobufTags.NEUTRAL;
import static io.cosmichub.contracts.ProtobufTags.ORB;
import static io.cosmichub.contracts.ProtobufTags.ORB_BEFORE;
import static io.cosmichub.contracts.ProtobufTags.ORB_NOW;
import static io.cosmichub.contracts.ProtobufTags.OVERALL;
import static io.cosmichub.contracts.ProtobufTags.PAIR_ID;
import static io.cosmichub.contracts.ProtobufTags.PHYSICAL;
import static io.cosmichub.contracts.ProtobufTags.POLICY;
import static io.cosmichub.contracts.ProtobufTags.RAW_TOTAL;
import static io.cosmichub.contracts.ProtobufTags.REVISION_A;
import static io.cosmichub.contracts.ProtobufTags.REVISION_B;
import static io.cosmichub.contracts.ProtobufTags.SCORE_PAIR_ID;
import static io.cosmichub.contracts.ProtobufTags.SCORE_REVISION_A;
import static io.cosmichub.contracts.ProtobufTags.SCORE_REVISION_B;
import static io.cosmichub.contracts.ProtobufTags.SECONDS;
import static io.cosmichub.contracts.ProtobufTags.SEQUENCE;
import static io.cosmichub.contracts.ProtobufTags.SPIRITUAL;
import static io.cosmichub.contracts.ProtobufTags.STABILITY;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.ChangeKind;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.contracts.v1.AspectChange;
import io.cosmichub.contracts.v1.Change;
import io.cosmichub.contracts.v1.PairAspect;
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
    return ProtobufInputs.chart(update).toByteArray();
  }

  @Override
  public byte[] watch(PairWatch watch) {
    return ProtobufInputs.watch(watch).toByteArray();
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

  private static Change wire(ChangeKind kind) {
    return switch (kind) {
      case FORMED -> Change.FORMED;
      case DISSOLVED -> Change.DISSOLVED;
      case REPLACED -> Change.REPLACED;
      case ORB_CHANGED -> Change.ORB_CHANGED;
    };
  }
}
