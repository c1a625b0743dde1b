package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.acceptance.BadRecords.Bad;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.Format;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every reason to refuse a record, once, on a real broker; around each bad record a good one before
 * and a good one after it.
 */
final class DeadLetterIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final byte[] ODD_BYTES = {0, 1, (byte) 0xff, '{', 10};

  @RegisterExtension private static final Stage stage = new Stage();

  @Test
  void everyCodeHasItsBadRecordInEachFormat() {
    Set<DeadLetterCode> json = EnumSet.allOf(DeadLetterCode.class);
    json.removeAll(BadControls.codes()); // tried there
    json.remove(DeadLetterCode.BROKEN_PROTOBUF);
    Set<DeadLetterCode> protobuf = EnumSet.allOf(DeadLetterCode.class);
    protobuf.removeAll(BadControls.codes());
    protobuf.remove(DeadLetterCode.BROKEN_JSON);

    assertThat(BadRecords.of(Format.JSON)).extracting(Bad::code).containsAll(json);
    assertThat(BadRecords.of(Format.PROTOBUF)).extracting(Bad::code).containsAll(protobuf);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aBadRecordIsSetAsideWholeAndItsNeighboursAreUnaffected(Format format) throws Exception {
    List<Bad> bads = BadRecords.of(format);
    Neighbours neighbours = new Neighbours(format);
    try (CapturedLog log = CapturedLog.open()) {
      try (Inputs in = stage.inputs(format);
          Outputs out = stage.outputsAndDeadLetters();
          Cluster.Job job = stage.submit(format)) {
        Map<Bad, RecordMetadata> places = new LinkedHashMap<>();
        for (Bad bad : bads) {
          neighbours.prepare(in, bad);
          neighbours.before(in, bad);
          places.put(
              bad, in.deliver(bad.topic(), 0, bad.keyBytes(), bad.valueBytes(), headers(bad)));
          neighbours.after(in, bad);
        }

        out.await(
            "every dead letter and every neighbour",
            LIMIT,
            () -> deadLetters(out) >= bads.size() && neighbours.complete(out));
        Await.until(
            "the fate of every record",
            LIMIT,
            () -> stage.accounting().accounted() == in.sent(),
            () -> stage.accounting() + " of " + in.sent());
        out.drain(LIMIT);

        assertThat(deadLetters(out)).isEqualTo(bads.size());
        places.forEach((bad, place) -> assertSetAside(out, bad, place));
        neighbours.assertUnaffected(out);
        int conflicts = (int) bads.stream().filter(Bad::conflict).count();
        assertThat(stage.accounting())
            .isEqualTo(
                new Accounting(
                    in.sent(), in.sent() - bads.size(), 0, 0, conflicts, bads.size() - conflicts));
        assertThat(job.restarts()).isZero();
        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(stage.metrics().samples())
            .noneMatch(sample -> shows(sample.labels().toString()));
      }
      assertThat(log.lines()).as("the log was captured").anyMatch(line -> line.contains("RUNNING"));
      assertThat(log.lines()).as("the log").noneMatch(DeadLetterIT::shows);
      Set<String> longitudes = neighbours.longitudes();
      assertThat(log.lines())
          .as("the log")
          .noneMatch(line -> longitudes.stream().anyMatch(line::contains));
    }
  }

  private static boolean shows(String text) {
    return BadRecords.MARK.matcher(text).find();
  }

  private static List<Header> headers(Bad bad) {
    return List.of(
        new RecordHeader("content-type", bad.contentType().getBytes(StandardCharsets.UTF_8)),
        new RecordHeader(
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
                .getBytes(StandardCharsets.UTF_8)),
        new RecordHeader("twice", ODD_BYTES),
        new RecordHeader("twice", new byte[0]),
        new RecordHeader("nothing", null));
  }

  private static int deadLetters(Outputs out) {
    return Inputs.TOPICS.stream().mapToInt(topic -> out.all(topic + ".dlq").size()).sum();
  }

  private static void assertSetAside(Outputs out, Bad bad, RecordMetadata place) {
    ConsumerRecord<byte[], byte[]> letter =
        out.all(bad.topic() + ".dlq").stream()
            .filter(
                message ->
                    Messages.header(message, "__connect.errors.partition")
                        .equals(Integer.toString(place.partition())))
            .filter(
                message ->
                    Messages.header(message, "__connect.errors.offset")
                        .equals(Long.toString(place.offset())))
            .findFirst()
            .orElseThrow(() -> new AssertionError(bad.name() + " has no dead letter"));
    assertThat(Messages.header(letter, "cosmichub.dlq.code"))
        .as(bad.name())
        .isEqualTo(bad.code().name());
    assertThat(letter.key()).as(bad.name()).isEqualTo(bad.keyBytes());
    assertThat(letter.value()).as(bad.name()).isEqualTo(bad.valueBytes());
    assertThat(plain(Arrays.asList(letter.headers().toArray())))
        .as(bad.name())
        .containsSubsequence(plain(headers(bad)));
    assertThat(Messages.header(letter, "__connect.errors.topic")).isEqualTo(bad.topic());
    for (String name : List.of("stage", "exception.class.name", "exception.message")) {
      assertThat(Messages.header(letter, "__connect.errors." + name))
          .as(bad.name() + " " + name)
          .isNotBlank();
    }
    for (Header header : letter.headers()) {
      if (header.value() != null) {
        assertThat(new String(header.value(), StandardCharsets.UTF_8))
            .as(bad.name() + " " + header.key())
            .doesNotContainPattern(BadRecords.MARK);
      }
    }
  }

  private static List<String> plain(List<Header> headers) {
    return headers.stream()
        .map(header -> header.key() + "=" + Arrays.toString(header.value()))
        .toList();
  }

  /**
   * Good charts, watches and feedback on the partition of each bad record, right before it and
   * right after it. No pair shows what became of feedback; the accounting does.
   */
  private static final class Neighbours {

    private final Format format;
    private final List<Map<String, Integer>> people =
        List.copyOf(Goldens.people().charts().values());
    private final Map<String, Map<Messages.Cell, Messages.Held>> expected = new LinkedHashMap<>();
    private int next;

    Neighbours(Format format) {
      this.format = format;
    }

    /** What must be there before, so that the neighbours have an effect that can be seen. */
    void prepare(Inputs in, Bad bad) throws Exception {
      if (bad.watch()) {
        Map<String, Integer> one = people.get(next++);
        Map<String, Integer> two = people.get(next++);
        chart(in, Inputs.CHARTS, bad.name() + "-a", one);
        chart(in, Inputs.CHARTS, bad.name() + "-b", two);
        expected.put(bad.name() + "-1", Oracle.aspects(one, two));
        expected.put(bad.name() + "-2", Oracle.aspects(two, one));
      } else if (!bad.feedback()) {
        watch(in, bad.name(), bad.name() + "-1", bad.name() + "-2", "");
        expected.put(bad.name(), Oracle.aspects(people.get(next), people.get(next + 1)));
      }
    }

    void before(Inputs in, Bad bad) throws Exception {
      if (bad.watch()) {
        watch(in, bad.name() + "-1", bad.name() + "-a", bad.name() + "-b", "4");
      } else if (bad.feedback()) {
        rating(in, bad.name() + "-1");
      } else {
        chart(in, bad.topic(), bad.name() + "-1", people.get(next++));
      }
    }

    void after(Inputs in, Bad bad) throws Exception {
      if (bad.watch()) {
        watch(in, bad.name() + "-2", bad.name() + "-b", bad.name() + "-a", "4");
      } else if (bad.feedback()) {
        rating(in, bad.name() + "-2");
      } else {
        chart(in, bad.topic(), bad.name() + "-2", people.get(next++));
      }
    }

    /** The longitudes of the good charts, as they were written. */
    Set<String> longitudes() {
      return people.subList(0, next).stream()
          .flatMap(chart -> chart.values().stream())
          .map(longitude -> BigDecimal.valueOf(longitude, 6).toPlainString())
          .collect(Collectors.toSet());
    }

    boolean complete(Outputs out) {
      return expected.keySet().stream().allMatch(pairId -> out.aspects(pairId) != null);
    }

    void assertUnaffected(Outputs out) {
      expected.forEach(
          (pairId, aspects) -> {
            assertThat(Objects.requireNonNull(out.aspects(pairId)).aspects())
                .as(pairId)
                .isEqualTo(aspects);
            assertThat(out.deltas(pairId)).as(pairId).hasSize(1);
          });
      assertThat(out.all(Outputs.DELTAS)).hasSize(expected.size());
    }

    /** Without a content type: the first byte tells. */
    private void chart(Inputs in, String topic, String id, Map<String, Integer> longitudes)
        throws Exception {
      in.deliver(
          topic,
          0,
          id.getBytes(StandardCharsets.UTF_8),
          Inputs.chartValue(format, id, 1, false, longitudes),
          List.of());
    }

    private void rating(Inputs in, String pairId) throws Exception {
      in.deliver(
          Inputs.FEEDBACK,
          0,
          pairId.getBytes(StandardCharsets.UTF_8),
          Inputs.ratingValue(format, pairId, 0.75),
          List.of());
    }

    private void watch(Inputs in, String pairId, String chartA, String chartB, String revision)
        throws Exception {
      in.deliver(
          Inputs.WATCHES,
          0,
          pairId.getBytes(StandardCharsets.UTF_8),
          Inputs.watchValue(format, pairId, chartA, chartB, revision),
          List.of());
    }
  }
}
