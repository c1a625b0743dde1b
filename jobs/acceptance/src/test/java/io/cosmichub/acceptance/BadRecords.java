package io.cosmichub.acceptance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.v1.ChartUpdate;
import io.cosmichub.contracts.v1.PairWatch;
import io.cosmichub.contracts.v1.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records that must be refused, one or more for each code. Every chart among them carries the same
 * marked longitude, which must come to light nowhere but in the original bytes. A record named
 * {@code x} belongs to the chart or pair {@code x-bad}; one in conflict with what was applied
 * before belongs to {@code x-1}.
 */
final class BadRecords {

  /** What the marked longitude looks like in degrees, in micro-degrees and a circle further on. */
  static final Pattern MARK = Pattern.compile("2\\.345678|2345678");

  private static final double MARKED = 12.345678;

  /** A record and why it is refused. */
  record Bad(
      String name,
      DeadLetterCode code,
      String topic,
      @Nullable ByteString key,
      @Nullable ByteString value,
      String contentType) {

    byte @Nullable [] keyBytes() {
      return key == null ? null : key.toByteArray();
    }

    byte @Nullable [] valueBytes() {
      return value == null ? null : value.toByteArray();
    }

    /** Whether it is counted as a conflict and not as dead-lettered. */
    boolean conflict() {
      return switch (code) {
        case REVISION_CONFLICT, WATCH_CONFLICT, FEEDBACK_CONFLICT -> true;
        default -> false;
      };
    }

    boolean watch() {
      return topic.equals(Inputs.WATCHES);
    }

    boolean feedback() {
      return topic.equals(Inputs.FEEDBACK);
    }
  }

  private final List<Bad> records = new ArrayList<>();
  private final Format format;
  private final String contentType;
  private final Instant ahead = Instant.now().plus(Duration.ofHours(25));

  private BadRecords(Format format) {
    this.format = format;
    this.contentType = format.contentType();
  }

  static List<Bad> of(Format format) {
    BadRecords bad = new BadRecords(format);
    bad.common();
    switch (format) {
      case JSON -> bad.json();
      case PROTOBUF -> bad.protobuf();
    }
    return bad.records;
  }

  /** What has nothing to do with the format. */
  private void common() {
    add("empty", DeadLetterCode.EMPTY_VALUE, Inputs.CHARTS, new byte[0]);
    add("empty-watch", DeadLetterCode.EMPTY_VALUE, Inputs.WATCHES, new byte[0]);
    add("null-move", DeadLetterCode.EMPTY_VALUE, Inputs.MOVES, null);
    // A compacted topic takes no record without a key, so the one without lies on the other.
    add("no-key", DeadLetterCode.KEY_MISSING, Inputs.MOVES, null, sunny(), contentType);
    add("empty-key", DeadLetterCode.KEY_MISSING, Inputs.CHARTS, new byte[0], null, contentType);
    add(
        "key-not-utf8",
        DeadLetterCode.KEY_NOT_UTF8,
        Inputs.CHARTS,
        new byte[] {(byte) 0xc3, 0x28},
        null,
        contentType);
    add(
        "content-type",
        DeadLetterCode.UNKNOWN_CONTENT_TYPE,
        Inputs.CHARTS,
        utf8("content-type-bad"),
        utf8("<chart/>"),
        "application/xml");
    add("null-feedback", DeadLetterCode.EMPTY_VALUE, Inputs.FEEDBACK, null);
    rating("too-good", DeadLetterCode.FEEDBACK_INVALID, "too-good-bad", 1.5);
    rating("no-rating", DeadLetterCode.FEEDBACK_INVALID, "no-rating-bad", -0.25);
    rating("other-feedback", DeadLetterCode.KEY_MISMATCH, "somebody-else", 0.5);
    add(
        "second-thoughts",
        DeadLetterCode.FEEDBACK_CONFLICT,
        Inputs.FEEDBACK,
        utf8("second-thoughts-1"),
        Inputs.ratingValue(format, "second-thoughts-1", 0.25),
        contentType);
  }

  private void json() {
    chart(
        "broken",
        DeadLetterCode.BROKEN_JSON,
        "{\"chartId\":\"broken-bad\",\"positions\":{\"sun\":{\"longitude\":12.345678x}}}");
    chart(
        "cut-off",
        DeadLetterCode.BROKEN_JSON,
        "{\"chartId\":\"cut-off-bad\",\"positions\":{\"sun\":{\"longitude\":12.345678");
    chart("not-an-object", DeadLetterCode.BROKEN_JSON, "[12.345678]");
    chart(
        "too-large",
        DeadLetterCode.TOO_LARGE,
        json("too-large-bad", "\"1\"", SUN, "") + " ".repeat(70_000));
    chart(
        "bomb",
        DeadLetterCode.TOO_DEEP,
        json("bomb-bad", "\"1\"", SUN, ",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000)));
    chart(
        "no-id",
        DeadLetterCode.ID_MISSING,
        "{\"revision\":\"1\",\"positions\":{%s}}".formatted(SUN));
    String longId = "i".repeat(129);
    add(
        "long-id",
        DeadLetterCode.ID_TOO_LONG,
        Inputs.CHARTS,
        utf8(longId),
        utf8(json(longId, "\"1\"", SUN, "")),
        contentType);
    add(
        "control-id",
        DeadLetterCode.ID_CONTROL_CHARACTER,
        Inputs.CHARTS,
        utf8("bell\u0007"),
        utf8(json("bell\\u0007", "\"1\"", SUN, "")),
        contentType);
    chart("other-key", DeadLetterCode.KEY_MISMATCH, json("somebody-else", "\"1\"", SUN, ""));
    chart(
        "no-revision",
        DeadLetterCode.REVISION_MISSING,
        "{\"chartId\":\"no-revision-bad\",\"positions\":{%s}}".formatted(SUN));
    chart(
        "negative-revision",
        DeadLetterCode.REVISION_NEGATIVE,
        json("negative-revision-bad", "\"-1\"", SUN, ""));
    position("no-longitude", DeadLetterCode.LONGITUDE_MISSING, "\"sun\":{\"speed\":12.345678}");
    position(
        "nan",
        DeadLetterCode.LONGITUDE_NOT_FINITE,
        "\"moon\":{\"longitude\":12.345678},\"sun\":{\"longitude\":\"NaN\"}");
    position(
        "infinite", DeadLetterCode.LONGITUDE_NOT_FINITE, "\"sun\":{\"longitude\":\"Infinity\"}");
    position(
        "minus-infinite",
        DeadLetterCode.LONGITUDE_NOT_FINITE,
        "\"sun\":{\"longitude\":\"-Infinity\"}");
    position(
        "negative", DeadLetterCode.LONGITUDE_OUT_OF_RANGE, "\"sun\":{\"longitude\":-12.345678}");
    position("circle", DeadLetterCode.LONGITUDE_OUT_OF_RANGE, "\"sun\":{\"longitude\":360}");
    position("beyond", DeadLetterCode.LONGITUDE_OUT_OF_RANGE, "\"sun\":{\"longitude\":712.345678}");
    position(
        "speed-nan",
        DeadLetterCode.SPEED_NOT_FINITE,
        "\"sun\":{\"longitude\":12.345678,\"speed\":\"NaN\"}");
    position(
        "speed-beyond",
        DeadLetterCode.SPEED_OUT_OF_RANGE,
        "\"sun\":{\"longitude\":12.345678,\"speed\":1e9}");
    position("unknown-body", DeadLetterCode.UNKNOWN_BODY, "\"nibiru\":{\"longitude\":12.345678}");
    position("two-suns", DeadLetterCode.DUPLICATE_BODY, SUN + "," + SUN);
    chart(
        "cusps",
        DeadLetterCode.CUSPS_INVALID,
        json("cusps-bad", "\"1\"", SUN, ",\"cusps\":[12.345678,42.345678]"));
    chart(
        "cohorts",
        DeadLetterCode.COHORTS_INVALID,
        json("cohorts-bad", "\"1\"", SUN, ",\"cohorts\":[\"people\",\"people\"]"));
    chart(
        "no-time",
        DeadLetterCode.TIMESTAMP_INVALID,
        json("no-time-bad", "\"1\"", SUN, ",\"effectiveAt\":\"yesterday\""));
    chart(
        "ahead",
        DeadLetterCode.TIMESTAMP_AHEAD,
        json("ahead-bad", "\"1\"", SUN, ",\"effectiveAt\":\"" + ahead + "\""));
    chart(
        "partial",
        DeadLetterCode.PARTIAL_ON_COMPACTED,
        json("partial-bad", "\"1\"", SUN, ",\"partial\":true"));
    add(
        "conflict",
        DeadLetterCode.REVISION_CONFLICT,
        Inputs.CHARTS,
        utf8("conflict-1"),
        utf8(json("conflict-1", "\"1\"", SUN, "")),
        contentType);
    watch(
        "self",
        DeadLetterCode.SELF_PAIR,
        "{\"pairId\":\"self-bad\",\"chartA\":\"one\",\"chartB\":\"one\"}");
    watch("half", DeadLetterCode.ID_MISSING, "{\"pairId\":\"half-bad\",\"chartA\":\"one\"}");
    watch("broken-watch", DeadLetterCode.BROKEN_JSON, "{\"pairId\":\"broken-watch-bad\"");
    watch(
        "negative-watch",
        DeadLetterCode.REVISION_NEGATIVE,
        "{\"pairId\":\"negative-watch-bad\",\"chartA\":\"one\",\"chartB\":\"two\",\"revision\":-1}");
    add(
        "watch-conflict",
        DeadLetterCode.WATCH_CONFLICT,
        Inputs.WATCHES,
        utf8("watch-conflict-1"),
        utf8(
            "{\"pairId\":\"watch-conflict-1\",\"chartA\":\"one\",\"chartB\":\"two\",\"revision\":\"4\"}"),
        contentType);
  }

  private void protobuf() {
    chart("broken", DeadLetterCode.BROKEN_PROTOBUF, new byte[] {10, 127, 1, 2, 3});
    byte[] whole = sunny("cut-off-bad").build().toByteArray();
    chart("cut-off", DeadLetterCode.BROKEN_PROTOBUF, Arrays.copyOf(whole, whole.length - 3));
    chart(
        "too-large",
        DeadLetterCode.TOO_LARGE,
        sunny("too-large-bad").addCohorts("c".repeat(70_000)));
    chart(
        "bomb",
        DeadLetterCode.TOO_DEEP,
        concat(sunny("bomb-bad").build().toByteArray(), groups(10_000)));
    chart("no-id", DeadLetterCode.ID_MISSING, sunny("").clearChartId());
    String longId = "i".repeat(129);
    add(
        "long-id",
        DeadLetterCode.ID_TOO_LONG,
        Inputs.CHARTS,
        utf8(longId),
        sunny(longId).build().toByteArray(),
        contentType);
    add(
        "control-id",
        DeadLetterCode.ID_CONTROL_CHARACTER,
        Inputs.CHARTS,
        utf8("bell\u0007"),
        sunny("bell\u0007").build().toByteArray(),
        contentType);
    chart("other-key", DeadLetterCode.KEY_MISMATCH, sunny("somebody-else"));
    chart("no-revision", DeadLetterCode.REVISION_MISSING, sunny("no-revision-bad").clearRevision());
    chart(
        "negative-revision",
        DeadLetterCode.REVISION_NEGATIVE,
        sunny("negative-revision-bad").setRevision(-1));
    position(
        "no-longitude",
        DeadLetterCode.LONGITUDE_MISSING,
        "sun",
        Position.newBuilder().setSpeed(MARKED));
    longitude("nan", DeadLetterCode.LONGITUDE_NOT_FINITE, Double.NaN);
    longitude("infinite", DeadLetterCode.LONGITUDE_NOT_FINITE, Double.POSITIVE_INFINITY);
    longitude("minus-infinite", DeadLetterCode.LONGITUDE_NOT_FINITE, Double.NEGATIVE_INFINITY);
    longitude("negative", DeadLetterCode.LONGITUDE_OUT_OF_RANGE, -MARKED);
    longitude("circle", DeadLetterCode.LONGITUDE_OUT_OF_RANGE, 360);
    longitude("beyond", DeadLetterCode.LONGITUDE_OUT_OF_RANGE, 700 + MARKED);
    Position.Builder marked = Position.newBuilder().setLongitude(MARKED);
    position(
        "speed-nan", DeadLetterCode.SPEED_NOT_FINITE, "sun", marked.clone().setSpeed(Double.NaN));
    position(
        "speed-beyond", DeadLetterCode.SPEED_OUT_OF_RANGE, "sun", marked.clone().setSpeed(1e9));
    position("unknown-body", DeadLetterCode.UNKNOWN_BODY, "nibiru", marked);
    byte[] sun = ChartUpdate.newBuilder().putPositions("sun", marked.build()).build().toByteArray();
    chart(
        "two-suns",
        DeadLetterCode.DUPLICATE_BODY,
        concat(sunny("two-suns-bad").build().toByteArray(), sun));
    chart(
        "cusps",
        DeadLetterCode.CUSPS_INVALID,
        sunny("cusps-bad").addCusps(MARKED).addCusps(30 + MARKED));
    chart(
        "cohorts",
        DeadLetterCode.COHORTS_INVALID,
        sunny("cohorts-bad").addCohorts("people").addCohorts("people"));
    chart(
        "no-time",
        DeadLetterCode.TIMESTAMP_INVALID,
        sunny("no-time-bad").setEffectiveAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)));
    chart(
        "ahead",
        DeadLetterCode.TIMESTAMP_AHEAD,
        sunny("ahead-bad")
            .setEffectiveAt(Timestamp.newBuilder().setSeconds(ahead.getEpochSecond())));
    chart("partial", DeadLetterCode.PARTIAL_ON_COMPACTED, sunny("partial-bad").setPartial(true));
    add(
        "conflict",
        DeadLetterCode.REVISION_CONFLICT,
        Inputs.CHARTS,
        utf8("conflict-1"),
        sunny("conflict-1").build().toByteArray(),
        contentType);
    watch("self", DeadLetterCode.SELF_PAIR, pair("self-bad", "one", "one"));
    watch("half", DeadLetterCode.ID_MISSING, pair("half-bad", "one", ""));
    add("broken-watch", DeadLetterCode.BROKEN_PROTOBUF, Inputs.WATCHES, new byte[] {10, 127, 1});
    watch(
        "negative-watch",
        DeadLetterCode.REVISION_NEGATIVE,
        pair("negative-watch-bad", "one", "two").setRevision(-1));
    add(
        "watch-conflict",
        DeadLetterCode.WATCH_CONFLICT,
        Inputs.WATCHES,
        utf8("watch-conflict-1"),
        pair("watch-conflict-1", "one", "two").setRevision(4).build().toByteArray(),
        contentType);
  }

  private static final String SUN = "\"sun\":{\"longitude\":12.345678}";

  private static String json(String id, String revision, String positions, String more) {
    return "{\"chartId\":\"%s\",\"revision\":%s,\"positions\":{%s}%s}"
        .formatted(id, revision, positions, more);
  }

  private byte[] sunny() {
    return Inputs.chartValue(format, "no-key-bad", 1, false, Map.of("sun", 12_345_678));
  }

  private static ChartUpdate.Builder sunny(String id) {
    return ChartUpdate.newBuilder()
        .setChartId(id)
        .setRevision(1)
        .putPositions("sun", Position.newBuilder().setLongitude(MARKED).build());
  }

  private static PairWatch.Builder pair(String id, String chartA, String chartB) {
    return PairWatch.newBuilder().setPairId(id).setChartA(chartA).setChartB(chartB);
  }

  /** Groups within groups of an unknown field, which a reader has to skip one inside the other. */
  private static byte[] groups(int depth) {
    byte[] bytes = new byte[2 * depth];
    Arrays.fill(bytes, 0, depth, (byte) (15 << 3 | 3));
    Arrays.fill(bytes, depth, 2 * depth, (byte) (15 << 3 | 4));
    return bytes;
  }

  private void position(String name, DeadLetterCode code, String positions) {
    chart(name, code, json(name + "-bad", "\"1\"", positions, ""));
  }

  private void position(String name, DeadLetterCode code, String body, Position.Builder position) {
    chart(name, code, sunny(name + "-bad").clearPositions().putPositions(body, position.build()));
  }

  private void longitude(String name, DeadLetterCode code, double longitude) {
    position(name, code, "moon", Position.newBuilder().setLongitude(longitude));
  }

  private void chart(String name, DeadLetterCode code, String json) {
    chart(name, code, utf8(json));
  }

  private void chart(String name, DeadLetterCode code, ChartUpdate.Builder update) {
    chart(name, code, update.build().toByteArray());
  }

  private void chart(String name, DeadLetterCode code, byte[] value) {
    add(name, code, Inputs.CHARTS, value);
  }

  private void watch(String name, DeadLetterCode code, String json) {
    add(name, code, Inputs.WATCHES, utf8(json));
  }

  private void watch(String name, DeadLetterCode code, PairWatch.Builder watch) {
    add(name, code, Inputs.WATCHES, watch.build().toByteArray());
  }

  private void rating(String name, DeadLetterCode code, String pairId, double rating) {
    add(name, code, Inputs.FEEDBACK, Inputs.ratingValue(format, pairId, rating));
  }

  private void add(String name, DeadLetterCode code, String topic, byte @Nullable [] value) {
    add(name, code, topic, utf8(name + "-bad"), value, contentType);
  }

  private void add(
      String name,
      DeadLetterCode code,
      String topic,
      byte @Nullable [] key,
      byte @Nullable [] value,
      String type) {
    records.add(new Bad(name, code, topic, bytes(key), bytes(value), type));
  }

  private static @Nullable ByteString bytes(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteString.copyFrom(bytes);
  }

  private static byte[] concat(byte[] one, byte[] two) {
    return ByteString.copyFrom(one).concat(ByteString.copyFrom(two)).toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
