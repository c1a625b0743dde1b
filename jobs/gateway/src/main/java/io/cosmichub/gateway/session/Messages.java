package io.cosmichub.gateway.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.contracts.SynastryReader;
import io.cosmichub.gateway.state.PairState;
import io.cosmichub.pair.Served;
import io.cosmichub.score.RuleScore;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that clients get. Of pairs it is that of the topics: ids in words, orbs in degrees,
 * int64 as strings.
 */
public final class Messages {
  private static final JsonFactory JSON = new JsonFactory();
  private static final double MICRO = 1e6;

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private Messages() {}

  /** A pair as it stands, whole. */
  public static String snapshot(PairState state) {
    return message(
        "snapshot",
        json -> {
          head(json, state);
          json.writeArrayFieldStart("aspects");
          IOException[] failed = new IOException[1];
          state
              .aspects()
              .forEach(
                  (row, col, hit) -> {
                    try {
                      json.writeStartObject();
                      bodies(json, row, col);
                      hit(json, "aspect", "orb", hit);
                      json.writeEndObject();
                    } catch (IOException e) {
                      failed[0] = e;
                    }
                  });
          if (failed[0] != null) {
            throw failed[0];
          }
          json.writeEndArray();
          score(json, state.score());
        });
  }

  static String delta(PairState from, PairState to) {
    return message(
        "delta",
        json -> {
          json.writeStringField("from", from.version());
          head(json, to);
          json.writeArrayFieldStart("changes");
          AspectSet before = from.aspects();
          for (CellChange change : AspectDelta.between(before, to.aspects())) {
            json.writeStartObject();
            bodies(json, change.row(), change.col());
            json.writeStringField("change", change.kind().name());
            hit(json, "aspect", "orb", change.after());
            hit(json, "previousAspect", "previousOrb", change.before());
            json.writeEndObject();
          }
          json.writeEndArray();
          score(json, to.score());
        });
  }

  static String ended(String pairId) {
    return message("ended", json -> json.writeStringField("pair", pairId));
  }

  /** The client holds what there is. */
  static String current(String pairId) {
    return message("current", json -> json.writeStringField("pair", pairId));
  }

  /** Nothing is known of the pair yet. */
  static String pending(String pairId) {
    return message("pending", json -> json.writeStringField("pair", pairId));
  }

  /** Where the bodies of a chart stand; an unknown chart has no positions. */
  public static String positions(String chartId, @Nullable ChartRecord chart) {
    return message(
        "positions",
        json -> {
          json.writeStringField("chart", chartId);
          if (chart == null) {
            return;
          }
          json.writeStringField("revision", Long.toString(chart.revision()));
          if (chart.effectiveAt() != ChartUpdate.NO_TIME) {
            json.writeStringField(
                "effectiveAt", Instant.ofEpochMilli(chart.effectiveAt()).toString());
          }
          json.writeObjectFieldStart("positions");
          for (Body body : Body.values()) {
            if (chart.longitudes().has(body.slot())) {
              json.writeNumberField(body.id(), chart.longitudes().at(body.slot()) / MICRO);
            }
          }
          json.writeEndObject();
        });
  }

  static String alert(PairState state, double threshold, double was, double now) {
    return message(
        "alert",
        json -> {
          json.writeStringField("pair", state.pairId());
          json.writeNumberField("threshold", threshold);
          json.writeNumberField("was", was);
          json.writeNumberField("now", now);
          json.writeStringField("version", state.version());
        });
  }

  static String error(String code, String reason, @Nullable String about) {
    return message(
        "error",
        json -> {
          json.writeStringField("code", code);
          json.writeStringField("reason", reason);
          if (about != null) {
            json.writeStringField("about", about);
          }
        });
  }

  static String hello(String user, boolean write, long heartbeatMillis, int subscriptions) {
    return message(
        "hello",
        json -> {
          json.writeStringField("user", user);
          json.writeBooleanField("write", write);
          json.writeNumberField("heartbeatMillis", heartbeatMillis);
          json.writeNumberField("subscriptions", subscriptions);
        });
  }

  /** {@code newest} is when Kafka had the newest live record that was read, or 0. */
  static String heartbeat(long now, long newest) {
    return message(
        "heartbeat",
        json -> {
          json.writeStringField("at", Instant.ofEpochMilli(now).toString());
          if (newest > 0) {
            json.writeStringField("newest", Instant.ofEpochMilli(newest).toString());
          }
        });
  }

  /** Nothing has been published of the cohort. */
  static String noTrends(String cohort) {
    return message("trends", json -> json.writeStringField("cohort", cohort));
  }

  /** There is no experiment. */
  static String noExperiments() {
    return message(
        "experiments",
        json -> {
          json.writeArrayFieldStart("experiments");
          json.writeEndArray();
        });
  }

  static String pong() {
    return message("pong", json -> {});
  }

  private static void head(JsonGenerator json, PairState state) throws IOException {
    json.writeStringField("pair", state.pairId());
    json.writeStringField("version", state.version());
    json.writeStringField("chartA", state.chartA());
    json.writeStringField("chartB", state.chartB());
    json.writeStringField("revisionA", Long.toString(state.revisionA()));
    json.writeStringField("revisionB", Long.toString(state.revisionB()));
    json.writeStringField("sequence", Long.toString(state.sequence()));
    if (state.eventTime() != null) {
      json.writeStringField("eventTime", state.eventTime());
    }
  }

  private static void bodies(JsonGenerator json, int row, int col) throws IOException {
    json.writeStringField("bodyA", Body.ofSlot(row).id());
    json.writeStringField("bodyB", Body.ofSlot(col).id());
  }

  private static void hit(JsonGenerator json, String aspectName, String orbName, int hit)
      throws IOException {
    if (hit != Hit.NONE) {
      Aspect aspect = AspectPolicy.classic().aspect(Hit.code(hit));
      json.writeStringField(aspectName, aspect.id());
      json.writeNumberField(orbName, Hit.orb(hit) / MICRO);
    }
  }

  private static void score(JsonGenerator json, SynastryReader.@Nullable Score held)
      throws IOException {
    if (held == null) {
      return;
    }
    RuleScore score = held.score();
    json.writeObjectFieldStart("score");
    json.writeNumberField("overall", score.overall());
    json.writeNumberField("rawTotal", score.rawTotal());
    json.writeObjectFieldStart("areas");
    json.writeNumberField("emotional", score.areas().emotional());
    json.writeNumberField("communication", score.areas().communication());
    json.writeNumberField("physical", score.areas().physical());
    json.writeNumberField("spiritual", score.areas().spiritual());
    json.writeNumberField("stability", score.areas().stability());
    json.writeEndObject();
    json.writeObjectFieldStart("natureCounts");
    json.writeNumberField("harmonious", score.harmonious());
    json.writeNumberField("challenging", score.challenging());
    json.writeNumberField("neutral", score.neutral());
    json.writeEndObject();
    json.writeStringField("model", held.model());
    Served served = held.served();
    if (served != null) {
      served(json, served);
    }
    json.writeEndObject();
  }

  private static void served(JsonGenerator json, Served served) throws IOException {
    if (!served.experiment().isEmpty()) {
      json.writeStringField("experiment", served.experiment());
      json.writeStringField("arm", served.arm());
    }
    if (served.hasModel()) {
      json.writeNumberField("modelScore", served.score());
    }
  }

  private static String message(String type, Fields body) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", type);
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be written", e);
    }
    return text.toString();
  }
}
