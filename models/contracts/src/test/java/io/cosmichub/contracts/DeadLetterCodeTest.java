package io.cosmichub.contracts;

import static io.cosmichub.contracts.Samples.CLOCK;
import static io.cosmichub.contracts.Samples.DAY;
import static io.cosmichub.contracts.Samples.NOW;
import static io.cosmichub.contracts.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.cosmichub.contracts.v1.ChartUpdate;
import io.cosmichub.contracts.v1.PairFeedback;
import io.cosmichub.contracts.v1.PairWatch;
import io.cosmichub.contracts.v1.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code by at least one record, in both formats where both can carry the fault. */
final class DeadLetterCodeTest {
  private static final String UPDATES = Topics.CHART_UPDATES;
  private static final String MOVES = Topics.CHART_MOVES;
  private static final String WATCHES = Topics.PAIR_WATCHES;

  /** Settled where the state is, not by a decoder. */
  private static final Set<DeadLetterCode> OF_STATE =
      EnumSet.of(
          DeadLetterCode.REVISION_CONFLICT,
          DeadLetterCode.WATCH_CONFLICT,
          DeadLetterCode.FEEDBACK_CONFLICT,
          DeadLetterCode.CONTROL_CONFLICT,
          DeadLetterCode.POLICY_UNKNOWN);

  static {
    for (DeadLetterCode code : DeadLetterCode.values()) {
      if (code.name().startsWith("ARTIFACT_")) {
        OF_STATE.add(code);
      }
    }
  }

  record Fault(DeadLetterCode code, InputRecord record) {
    @Override
    public String toString() {
      return code + " " + record.topic() + " " + record.headers();
    }
  }

  static Stream<Fault> faults() {
    return all().stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isRefusedWithItsCodeAndAReasonThatQuotesNothing(Fault fault) {
    Decoded<?> decoded = decode(fault.record());

    assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
    Decoded.Malformed<?> malformed = (Decoded.Malformed<?>) decoded;
    assertThat(malformed.code()).isEqualTo(fault.code());
    assertThat(malformed.reason()).isNotBlank().doesNotContain("123.45", "marker");
  }

  @Test
  void everyCodeHasAFault() {
    Set<DeadLetterCode> covered = EnumSet.copyOf(OF_STATE);
    all().forEach(fault -> covered.add(fault.code()));

    assertThat(covered).containsExactlyInAnyOrder(DeadLetterCode.values());
  }

  private static Decoded<?> decode(InputRecord record) {
    if (record.topic().equals(Topics.CONTROL)) {
      return new ControlDecoder().decode(record);
    }
    if (record.topic().equals(Topics.PAIR_FEEDBACK)) {
      return new FeedbackDecoder(DAY, CLOCK).decode(record);
    }
    return record.topic().equals(WATCHES)
        ? new PairWatchDecoder().decode(record)
        : new ChartUpdateDecoder(DAY, CLOCK).decode(record);
  }

  private static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    json(faults, DeadLetterCode.BROKEN_JSON, "{\"chartId\":\"c\",\"revision\":\"1\"");
    json(faults, DeadLetterCode.BROKEN_JSON, "{\"chartId\":\"c\",\"revision\":\"1\"} x");
    json(
        faults,
        DeadLetterCode.BROKEN_JSON,
        "{\"chartId\":\"c\",\"chartId\":\"c\",\"revision\":\"1\"}");
    json(faults, DeadLetterCode.BROKEN_JSON, "{\"chartId\":[\"marker\"],\"revision\":\"1\"}");
    json(faults, DeadLetterCode.BROKEN_JSON, "{\"chartId\":\"c\",\"revision\":1.5}");
    json(
        faults,
        DeadLetterCode.BROKEN_JSON,
        "{\"chartId\":\"c\",\"revision\":\"99999999999999999999\"}");
    json(
        faults,
        DeadLetterCode.BROKEN_JSON,
        "{\"chartId\":\"c\",\"revision\":\"1\",\"positions\":[]}");
    fault(
        faults,
        DeadLetterCode.BROKEN_JSON,
        UPDATES,
        "c",
        new byte[] {'{', '"', (byte) 0xC3, '"', '}'});
    fault(faults, DeadLetterCode.BROKEN_PROTOBUF, UPDATES, "c", new byte[] {10, 20, 1});
    fault(faults, DeadLetterCode.BROKEN_PROTOBUF, UPDATES, "c", new byte[] {12});
    fault(faults, DeadLetterCode.BROKEN_PROTOBUF, WATCHES, "p", new byte[] {10, 1, (byte) 0xFF});

    fault(faults, DeadLetterCode.EMPTY_VALUE, UPDATES, "c", new byte[0]);
    fault(faults, DeadLetterCode.EMPTY_VALUE, WATCHES, "p", new byte[0]);
    fault(faults, DeadLetterCode.EMPTY_VALUE, MOVES, "c", null);
    faults.add(
        new Fault(
            DeadLetterCode.UNKNOWN_CONTENT_TYPE,
            record(UPDATES, "c", bytes("{}"), Header.of("content-type", "text/marker"))));
    fault(faults, DeadLetterCode.TOO_LARGE, UPDATES, "c", new byte[64 * 1024 + 1]);
    json(faults, DeadLetterCode.TOO_DEEP, "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
    json(
        faults,
        DeadLetterCode.TOO_DEEP,
        "{\"chartId\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001));
    fault(faults, DeadLetterCode.TOO_DEEP, UPDATES, "c", groups(5_000));

    both(faults, DeadLetterCode.ID_MISSING, "c", "{\"revision\":\"1\"}", chart().clearChartId());
    String tooLong = "x".repeat(129);
    both(
        faults,
        DeadLetterCode.ID_TOO_LONG,
        tooLong,
        chartJson(tooLong, "{}"),
        chart().setChartId(tooLong));
    both(
        faults,
        DeadLetterCode.ID_CONTROL_CHARACTER,
        "a\u0007",
        chartJson("a\\u0007", "{}"),
        chart().setChartId("a\u0007"));
    fault(faults, DeadLetterCode.ID_CONTROL_CHARACTER, UPDATES, "a\u0007", null);
    fault(faults, DeadLetterCode.ID_TOO_LONG, WATCHES, tooLong, null);
    both(faults, DeadLetterCode.KEY_MISSING, null, chartJson("c", "{}"), chart());
    fault(faults, DeadLetterCode.KEY_MISSING, UPDATES, null, null);
    faults.add(
        new Fault(
            DeadLetterCode.KEY_NOT_UTF8,
            new InputRecord(UPDATES, 0, 0, NOW, new byte[] {(byte) 0xFF}, null, List.of())));
    both(faults, DeadLetterCode.KEY_MISMATCH, "other", chartJson("c", "{}"), chart());

    both(
        faults,
        DeadLetterCode.REVISION_MISSING,
        "c",
        "{\"chartId\":\"c\"}",
        chart().clearRevision());
    both(
        faults,
        DeadLetterCode.REVISION_NEGATIVE,
        "c",
        "{\"chartId\":\"c\",\"revision\":-1}",
        chart().setRevision(-1));

    position(faults, DeadLetterCode.LONGITUDE_MISSING, "{}", Position.newBuilder());
    position(
        faults,
        DeadLetterCode.LONGITUDE_NOT_FINITE,
        "{\"longitude\":\"NaN\"}",
        longitude(Double.NaN));
    position(
        faults, DeadLetterCode.LONGITUDE_NOT_FINITE, "{\"longitude\":NaN}", longitude(Double.NaN));
    position(
        faults,
        DeadLetterCode.LONGITUDE_NOT_FINITE,
        "{\"longitude\":\"-Infinity\"}",
        longitude(Double.NEGATIVE_INFINITY));
    position(
        faults,
        DeadLetterCode.LONGITUDE_OUT_OF_RANGE,
        "{\"longitude\":-0.000001}",
        longitude(-0.000001));
    position(faults, DeadLetterCode.LONGITUDE_OUT_OF_RANGE, "{\"longitude\":360}", longitude(360));
    position(
        faults, DeadLetterCode.LONGITUDE_OUT_OF_RANGE, "{\"longitude\":1e30}", longitude(1e30));
    position(
        faults,
        DeadLetterCode.SPEED_NOT_FINITE,
        "{\"longitude\":123.45,\"speed\":\"Infinity\"}",
        longitude(123.45).setSpeed(Double.POSITIVE_INFINITY));
    position(
        faults,
        DeadLetterCode.SPEED_OUT_OF_RANGE,
        "{\"longitude\":123.45,\"speed\":-2001}",
        longitude(123.45).setSpeed(-2001));
    both(
        faults,
        DeadLetterCode.UNKNOWN_BODY,
        "c",
        chartJson("c", "{\"marker\":{\"longitude\":1}}"),
        chart().putPositions("marker", longitude(1).build()));
    json(faults, DeadLetterCode.UNKNOWN_BODY, chartJson("c", "{\"Sun\":{\"longitude\":1}}"));
    json(
        faults,
        DeadLetterCode.DUPLICATE_BODY,
        chartJson("c", "{\"sun\":{\"longitude\":1},\"sun\":{\"longitude\":1}}"));
    fault(faults, DeadLetterCode.DUPLICATE_BODY, UPDATES, "c", sunTwice());
    both(
        faults,
        DeadLetterCode.CUSPS_INVALID,
        "c",
        "{\"chartId\":\"c\",\"revision\":\"1\",\"cusps\":[1,2]}",
        chart().addCusps(1).addCusps(2));
    both(
        faults,
        DeadLetterCode.COHORTS_INVALID,
        "c",
        "{\"chartId\":\"c\",\"revision\":\"1\",\"cohorts\":[\"a\",\"a\"]}",
        chart().addCohorts("a").addCohorts("a"));

    json(
        faults,
        DeadLetterCode.TIMESTAMP_INVALID,
        "{\"chartId\":\"c\",\"revision\":\"1\",\"effectiveAt\":\"yesterday\"}");
    String late = Instant.ofEpochMilli(NOW + DAY + 1).toString();
    both(
        faults,
        DeadLetterCode.TIMESTAMP_AHEAD,
        "c",
        "{\"chartId\":\"c\",\"revision\":\"1\",\"effectiveAt\":\"" + late + "\"}",
        chart()
            .setEffectiveAt(
                com.google.protobuf.Timestamp.newBuilder().setSeconds((NOW + DAY) / 1000 + 1)));
    both(
        faults,
        DeadLetterCode.PARTIAL_ON_COMPACTED,
        "c",
        "{\"chartId\":\"c\",\"revision\":\"1\",\"partial\":true}",
        chart().setPartial(true));
    fault(
        faults,
        DeadLetterCode.SELF_PAIR,
        WATCHES,
        "p",
        bytes("{\"pairId\":\"p\",\"chartA\":\"x\",\"chartB\":\"x\"}"));
    fault(
        faults,
        DeadLetterCode.SELF_PAIR,
        WATCHES,
        "p",
        PairWatch.newBuilder().setPairId("p").setChartA("x").setChartB("x").build().toByteArray());
    ofFeedback(faults);
    ofControl(faults);
    return faults;
  }

  private static void ofFeedback(List<Fault> faults) {
    DeadLetterCode invalid = DeadLetterCode.FEEDBACK_INVALID;
    feedback(faults, invalid, "\"kind\":\"rating\"");
    feedback(faults, invalid, "\"kind\":\"rating\",\"value\":123.45");
    feedback(faults, invalid, "\"kind\":\"rating\",\"value\":-0.0001");
    feedback(faults, invalid, "\"kind\":\"rating\",\"value\":\"NaN\"");
    feedback(faults, invalid, "\"value\":0.5");
    feedback(faults, invalid, "\"kind\":\"The marker\",\"value\":0.5");
    feedback(faults, invalid, "\"kind\":\"feedback-rate\",\"value\":0.5");
    String rating = "\"kind\":\"rating\",\"value\":0.5";
    feedback(faults, DeadLetterCode.TIMESTAMP_INVALID, rating + ",\"at\":\"marker\"");
    feedback(faults, DeadLetterCode.TIMESTAMP_AHEAD, rating + ",\"at\":\"2036-01-01T00:00:00Z\"");
    feedback(
        faults, DeadLetterCode.ID_TOO_LONG, rating + ",\"chartA\":\"" + "x".repeat(129) + "\"");
    feedback(faults, DeadLetterCode.BROKEN_JSON, rating + ",\"value\":0.5");
    fault(faults, DeadLetterCode.EMPTY_VALUE, Topics.PAIR_FEEDBACK, "p", null);
    fault(faults, DeadLetterCode.ID_MISSING, Topics.PAIR_FEEDBACK, "p", bytes("{}"));
    fault(
        faults,
        invalid,
        Topics.PAIR_FEEDBACK,
        "p",
        PairFeedback.newBuilder().setPairId("p").setKind("rating").build().toByteArray());
  }

  private static void feedback(List<Fault> faults, DeadLetterCode code, String fields) {
    byte[] value = bytes("{\"pairId\":\"p\"," + fields + "}");
    fault(faults, code, Topics.PAIR_FEEDBACK, "p", value);
  }

  private static void ofControl(List<Fault> faults) {
    String flag = "\"rollout\":{\"feature\":\"RESCORING\",\"salt\":\"s\",\"share\":1}";
    control(faults, DeadLetterCode.ID_MISSING, "{\"version\":1," + flag + "}");
    control(faults, DeadLetterCode.KEY_MISMATCH, "{\"name\":\"other\",\"version\":1," + flag + "}");
    control(faults, DeadLetterCode.CONTROL_INVALID, named(flag, 0));
    control(faults, DeadLetterCode.CONTROL_INVALID, "{\"name\":\"c\",\"version\":1}");
    control(faults, DeadLetterCode.BROKEN_JSON, named(flag + ",\"model\":{}", 1));
    control(faults, DeadLetterCode.BROKEN_JSON, named("\"rollout\":{\"feature\":\"marker\"}", 1));
    control(faults, DeadLetterCode.BROKEN_JSON, named("\"model\":{\"inline\":\"*marker*\"}", 1));
    control(faults, DeadLetterCode.CONTROL_INVALID, named("\"model\":{\"sha256\":\"marker\"}", 1));
    control(
        faults,
        DeadLetterCode.ROLLOUT_INVALID,
        named("\"rollout\":{\"feature\":\"RESCORING\",\"salt\":\"s\",\"share\":1.5}", 1));
    control(
        faults,
        DeadLetterCode.ROLLOUT_INVALID,
        named("\"rollout\":{\"feature\":\"MODEL\",\"salt\":\"s\",\"share\":1}", 1));
    control(faults, DeadLetterCode.ROLLOUT_INVALID, named("\"rollout\":{\"salt\":\"s\"}", 1));
    control(
        faults,
        DeadLetterCode.ROLLOUT_INVALID,
        named("\"rollout\":{\"feature\":\"GPU\",\"salt\":\"s\",\"share\":1,\"model\":\"m\"}", 1));
    for (String wrong :
        List.of(
            "POLICY\"",
            "POLICY\",\"policy\":\"marker!\"",
            "POLICY\",\"policy\":\"tight\",\"model\":\"m\"",
            "RESCORING\",\"policy\":\"tight\"")) {
      control(
          faults,
          DeadLetterCode.ROLLOUT_INVALID,
          named("\"rollout\":{\"salt\":\"s\",\"share\":1,\"feature\":\"" + wrong + "}", 1));
    }
    control(faults, DeadLetterCode.EXPERIMENT_INVALID, named("\"experiment\":{}", 1));
    control(
        faults,
        DeadLetterCode.EXPERIMENT_INVALID,
        named(
            "\"experiment\":{\"unit\":\"PAIR\",\"start\":\"2026-01-01T00:00:00Z\",\"end\":\"2025-01-01T00:00:00Z\"}",
            1));
    fault(faults, DeadLetterCode.TOO_LARGE, Topics.CONTROL, "c", new byte[896 * 1024 + 1]);
    fault(faults, DeadLetterCode.BROKEN_PROTOBUF, Topics.CONTROL, "c", new byte[] {10, 20, 1});
  }

  private static String named(String what, int version) {
    return "{\"name\":\"c\",\"version\":" + version + "," + what + "}";
  }

  private static void control(List<Fault> faults, DeadLetterCode code, String json) {
    fault(faults, code, Topics.CONTROL, "c", bytes(json));
  }

  private static void both(
      List<Fault> faults,
      DeadLetterCode code,
      @Nullable String key,
      String json,
      ChartUpdate.Builder message) {
    fault(faults, code, UPDATES, key, bytes(json));
    fault(faults, code, UPDATES, key, message.build().toByteArray());
  }

  private static void position(
      List<Fault> faults, DeadLetterCode code, String json, Position.Builder position) {
    both(
        faults,
        code,
        "c",
        chartJson("c", "{\"sun\":" + json + "}"),
        chart().putPositions("sun", position.build()));
  }

  private static void json(List<Fault> faults, DeadLetterCode code, String json) {
    fault(faults, code, UPDATES, "c", bytes(json));
  }

  private static void fault(
      List<Fault> faults,
      DeadLetterCode code,
      String topic,
      @Nullable String key,
      byte @Nullable [] value) {
    faults.add(new Fault(code, record(topic, key, value)));
  }

  private static String chartJson(String id, String positions) {
    return "{\"chartId\":\"" + id + "\",\"revision\":\"1\",\"positions\":" + positions + "}";
  }

  private static ChartUpdate.Builder chart() {
    return ChartUpdate.newBuilder().setChartId("c").setRevision(1);
  }

  private static Position.Builder longitude(double degrees) {
    return Position.newBuilder().setLongitude(degrees);
  }

  private static byte[] sunTwice() {
    byte[] once = chart().putPositions("sun", longitude(1).build()).build().toByteArray();
    byte[] entry =
        ChartUpdate.newBuilder().putPositions("sun", longitude(2).build()).build().toByteArray();
    return ByteString.copyFrom(once).concat(ByteString.copyFrom(entry)).toByteArray();
  }

  private static byte[] groups(int depth) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (int i = 0; i < depth; i++) {
        out.writeTag(100, 3);
      }
      for (int i = 0; i < depth; i++) {
        out.writeTag(100, 4);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
