package io.cosmichub.contracts;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.ChangeKind;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.pair.Served;
import io.cosmichub.score.Areas;
import io.cosmichub.score.RuleScore;
import io.cosmichub.score.RuleScorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the proto3 JSON mapping, every field that is known in the order of the schema. For one
 * thread.
 */
final class JsonWriter implements MessageWriter {
  /*
   * A pair update is some fifty cells, and a cell is four names that come from small tables and one number. So the names are rendered
   * once, punctuation included, by slot, by kind of change and by aspect code, and a cell is four copies and the digits of its orb.
   */
  private static final byte[] CHART_ID = JsonSink.piece("{\"chartId\":");
  private static final byte[] REVISION = JsonSink.piece(",\"revision\":");
  private static final byte[] EFFECTIVE_AT = JsonSink.piece(",\"effectiveAt\":");
  private static final byte[] PARTIAL = JsonSink.piece(",\"partial\":true");
  private static final byte[] FULL = JsonSink.piece(",\"partial\":false");
  private static final byte[] POSITIONS = JsonSink.piece(",\"positions\":{");
  private static final byte[] SPEED = JsonSink.piece(",\"speed\":");
  private static final byte[] CUSPS = JsonSink.piece(",\"cusps\":[");
  private static final byte[] COHORTS = JsonSink.piece(",\"cohorts\":[");
  private static final byte[][] POSITION_OF_BODY = bodies("", ":{\"longitude\":");

  private static final byte[] PAIR_ID = JsonSink.piece("{\"pairId\":");
  private static final byte[] CHART_A = JsonSink.piece(",\"chartA\":");
  private static final byte[] CHART_B = JsonSink.piece(",\"chartB\":");
  private static final byte[] REVISION_A = JsonSink.piece(",\"revisionA\":");
  private static final byte[] REVISION_B = JsonSink.piece(",\"revisionB\":");
  private static final byte[] POLICY = JsonSink.piece(",\"policy\":");
  private static final byte[] SEQUENCE = JsonSink.piece(",\"sequence\":");
  private static final byte[] EVENT_TIME = JsonSink.piece(",\"eventTime\":");
  private static final byte[] CHANGES = JsonSink.piece(",\"changes\":[");
  private static final byte[] CLOSED = JsonSink.piece(",\"closed\":true");
  private static final byte[] ASPECTS = JsonSink.piece(",\"aspects\":[");
  private static final byte[][] BODY_A = bodies("{\"bodyA\":", "");
  private static final byte[][] BODY_B = bodies(",\"bodyB\":", "");
  private static final byte[] FORMED = JsonSink.piece(",\"change\":\"FORMED\"");
  private static final byte[] DISSOLVED = JsonSink.piece(",\"change\":\"DISSOLVED\"");
  private static final byte[] REPLACED = JsonSink.piece(",\"change\":\"REPLACED\"");
  private static final byte[] ORB_CHANGED = JsonSink.piece(",\"change\":\"ORB_CHANGED\"");

  private static final byte[] OVERALL = JsonSink.piece(",\"overall\":");
  private static final byte[] RAW_TOTAL = JsonSink.piece(",\"rawTotal\":");
  private static final byte[] EMOTIONAL = JsonSink.piece(",\"areas\":{\"emotional\":");
  private static final byte[] COMMUNICATION = JsonSink.piece(",\"communication\":");
  private static final byte[] PHYSICAL = JsonSink.piece(",\"physical\":");
  private static final byte[] SPIRITUAL = JsonSink.piece(",\"spiritual\":");
  private static final byte[] STABILITY = JsonSink.piece(",\"stability\":");
  private static final byte[] HARMONIOUS = JsonSink.piece("},\"natureCounts\":{\"harmonious\":");
  private static final byte[] CHALLENGING = JsonSink.piece(",\"challenging\":");
  private static final byte[] NEUTRAL = JsonSink.piece(",\"neutral\":");
  private static final byte[] MODEL = JsonSink.piece("},\"model\":");
  private static final byte[] EXPERIMENT = JsonSink.piece(",\"experiment\":");
  private static final byte[] ARM = JsonSink.piece(",\"arm\":");
  private static final byte[] MODEL_SCORE = JsonSink.piece(",\"modelScore\":");

  private static final byte[] LIVE_DELTA = JsonSink.piece("{\"delta\":");
  private static final byte[] LIVE_ASPECTS = JsonSink.piece(",\"aspects\":");
  private static final byte[] LIVE_SCORE = JsonSink.piece(",\"score\":");

  private final JsonSink json = new JsonSink();
  private final byte[][] aspects;
  private final byte[][] previousAspects;
  private final String policy;
  private final String model;

  JsonWriter(AspectPolicy policy, String model) {
    this.aspects = aspects(policy, ",\"aspect\":", ",\"orb\":");
    this.previousAspects = aspects(policy, ",\"previousAspect\":", ",\"previousOrb\":");
    this.policy = policy.id();
    this.model = model;
  }

  @Override
  public byte[] chart(ChartUpdate update) {
    json.start().put(CHART_ID).string(update.chartId()).put(REVISION).int64(update.revision());
    time(EFFECTIVE_AT, update.effectiveAt());
    json.put(update.partial() ? PARTIAL : FULL).put(POSITIONS);
    positions(update);
    json.put('}');
    int[] cusps = update.cusps();
    if (cusps != null) {
      json.put(CUSPS);
      for (int house = 0; house < cusps.length; house++) {
        comma(house).degrees(cusps[house]);
      }
      json.put(']');
    }
    List<String> cohorts = update.cohorts();
    if (!cohorts.isEmpty()) {
      json.put(COHORTS);
      for (int i = 0; i < cohorts.size(); i++) {
        comma(i).string(cohorts.get(i));
      }
      json.put(']');
    }
    return json.put('}').toBytes();
  }

  @Override
  public byte[] watch(PairWatch watch) {
    json.start().put(PAIR_ID).string(watch.pairId());
    json.put(CHART_A).string(watch.chartA()).put(CHART_B).string(watch.chartB());
    if (watch.revision() != PairWatch.NO_REVISION) {
      json.put(REVISION).int64(watch.revision());
    }
    return json.put('}').toBytes();
  }

  @Override
  public byte[] delta(PairUpdate update) {
    json.start();
    writeDelta(update);
    return json.toBytes();
  }

  @Override
  public byte[] aspects(PairUpdate update) {
    json.start();
    writeAspects(update);
    return json.toBytes();
  }

  @Override
  public byte[] score(PairUpdate update, RuleScore score) {
    json.start();
    writeScore(update, score);
    return json.toBytes();
  }

  @Override
  public byte[] live(byte[] delta, byte @Nullable [] aspects, byte @Nullable [] score) {
    json.start().put(LIVE_DELTA).put(delta);
    if (aspects != null) {
      json.put(LIVE_ASPECTS).put(aspects);
    }
    if (score != null) {
      json.put(LIVE_SCORE).put(score);
    }
    return json.put('}').toBytes();
  }

  private void positions(ChartUpdate update) {
    int written = 0;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = update.position(slot);
      if (position != null) {
        comma(written++).put(POSITION_OF_BODY[slot]).degrees(position.longitude());
        if (position.hasSpeed()) {
          json.put(SPEED).degrees(position.speed());
        }
        json.put('}');
      }
    }
  }

  private void writeDelta(PairUpdate update) {
    writePair(update);
    json.put(CHANGES);
    List<CellChange> changes = update.changes();
    for (int i = 0; i < changes.size(); i++) {
      comma(i);
      writeChange(changes.get(i));
    }
    json.put(']');
    if (update.closed()) {
      json.put(CLOSED);
    }
    json.put('}');
  }

  private void writeChange(CellChange change) {
    ChangeKind kind = change.kind();
    json.put(BODY_A[change.row()]).put(BODY_B[change.col()]).put(piece(kind));
    if (kind != ChangeKind.DISSOLVED) {
      json.put(aspects[Hit.code(change.after())]).degrees(Hit.orb(change.after()));
    }
    if (kind != ChangeKind.FORMED) {
      json.put(previousAspects[Hit.code(change.before())]).degrees(Hit.orb(change.before()));
    }
    json.put('}');
  }

  private static byte[] piece(ChangeKind kind) {
    return switch (kind) {
      case FORMED -> FORMED;
      case DISSOLVED -> DISSOLVED;
      case REPLACED -> REPLACED;
      case ORB_CHANGED -> ORB_CHANGED;
    };
  }

  private void writeAspects(PairUpdate update) {
    writePair(update);
    json.put(ASPECTS);
    int[] written = new int[1];
    update
        .aspects()
        .forEach(
            (row, col, hit) ->
                comma(written[0]++)
                    .put(BODY_A[row])
                    .put(BODY_B[col])
                    .put(aspects[Hit.code(hit)])
                    .degrees(Hit.orb(hit))
                    .put('}'));
    json.put(']').put('}');
  }

  private void writePair(PairUpdate update) {
    json.put(PAIR_ID).string(update.pairId());
    json.put(CHART_A).string(update.chartA()).put(CHART_B).string(update.chartB());
    json.put(REVISION_A).int64(update.revisionA()).put(REVISION_B).int64(update.revisionB());
    json.put(POLICY).string(update.policy()).put(SEQUENCE).int64(update.sequence());
    time(EVENT_TIME, update.eventTime());
  }

  private void writeScore(PairUpdate update, RuleScore score) {
    Areas areas = score.areas();
    json.put(PAIR_ID).string(update.pairId());
    json.put(REVISION_A).int64(update.revisionA()).put(REVISION_B).int64(update.revisionB());
    json.put(OVERALL).number(score.overall()).put(RAW_TOTAL).number(score.rawTotal());
    json.put(EMOTIONAL).number(areas.emotional()).put(COMMUNICATION).number(areas.communication());
    json.put(PHYSICAL).number(areas.physical()).put(SPIRITUAL).number(areas.spiritual());
    json.put(STABILITY).number(areas.stability());
    json.put(HARMONIOUS).count(score.harmonious()).put(CHALLENGING).count(score.challenging());
    json.put(NEUTRAL).count(score.neutral()).put(MODEL);
    Served served = update.served();
    if (served == null) {
      json.string(rules(update)).put('}');
      return;
    }
    json.string(served.hasModel() ? served.model() : rules(update));
    if (!served.experiment().isEmpty()) {
      json.put(EXPERIMENT).string(served.experiment()).put(ARM).string(served.arm());
    }
    if (served.hasModel()) {
      json.put(MODEL_SCORE).number(served.score());
    }
    json.put('}');
  }

  private String rules(PairUpdate update) {
    return update.policy().equals(policy) ? model : RuleScorer.name(update.policy());
  }

  private void time(byte[] name, long epochMillis) {
    if (epochMillis != ChartUpdate.NO_TIME) {
      json.put(name).string(Rfc3339.format(epochMillis));
    }
  }

  /** What stands between two elements. */
  private JsonSink comma(int index) {
    return index == 0 ? json : json.put(',');
  }

  private static byte[][] bodies(String before, String after) {
    byte[][] pieces = new byte[Body.COUNT][];
    for (Body body : Body.values()) {
      pieces[body.slot()] = JsonSink.piece(before + JsonSink.quoted(body.id()) + after);
    }
    return pieces;
  }

  private static byte[][] aspects(AspectPolicy policy, String before, String after) {
    byte[][] pieces = new byte[AspectPolicy.MAX_ASPECTS + 1][];
    for (Aspect aspect : policy.aspects()) {
      pieces[aspect.code()] = JsonSink.piece(before + JsonSink.quoted(aspect.id()) + after);
    }
    return pieces;
  }
}
