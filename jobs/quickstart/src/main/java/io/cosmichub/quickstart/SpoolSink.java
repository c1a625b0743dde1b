package io.cosmichub.quickstart;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pipeline.SynastryPipeline;
import io.cosmichub.streaming.ingest.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes what reaches each subtask into a spool file of its own, as the lines that will stand in
 * the results.
 */
final class SpoolSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;

  /** Makes the lines of one subtask. */
  private interface Lines<T> {
    void write(T element, Spool.Writer spool) throws IOException;
  }

  /** Opens the lines of a subtask. */
  private interface LinesFactory<T> extends Serializable {
    Lines<T> open();
  }

  private final String folder;
  private final String name;
  private final LinesFactory<T> lines;

  private SpoolSink(Path folder, String name, LinesFactory<T> lines) {
    this.folder = folder.toString();
    this.name = name;
    this.lines = lines;
  }

  /** Deltas, full sets and scores, as they would stand on their topics in JSON. */
  static SpoolSink<PairUpdate> pairs(Path folder) {
    return new SpoolSink<>(folder, "pairs", SpoolSink::pairLines);
  }

  /** What was refused: its file and line, its id and why; never its content. */
  static SpoolSink<DeadLetter> deadLetters(Path folder) {
    return new SpoolSink<>(folder, "dead-letters", () -> SpoolSink::writeDeadLetter);
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    Spool.Writer spool =
        Spool.Writer.create(
            Path.of(folder), name + "-" + context.getTaskInfo().getIndexOfThisSubtask());
    Lines<T> opened = lines.open();
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context unused) throws IOException {
        opened.write(element, spool);
      }

      @Override
      public void flush(boolean endOfInput) throws IOException {
        spool.flush();
      }

      @Override
      public void close() throws IOException {
        spool.close();
      }
    };
  }

  private static Lines<PairUpdate> pairLines() {
    PairUpdateEncoder encoder =
        new PairUpdateEncoder(Format.JSON, AspectPolicy.classic(), SynastryPipeline.MODEL);
    return (update, spool) -> encoder.encodeCommitted(update, record -> write(record, spool));
  }

  private static void write(OutputRecord record, Spool.Writer spool) {
    byte[] key = record.key();
    byte[] value = record.value();
    if (key == null || value == null) {
      return;
    }
    try {
      spool.write(ResultFile.ofTopic(record.topic()), key, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeDeadLetter(DeadLetter letter, Spool.Writer spool) throws IOException {
    InputRecord origin = letter.origin();
    boolean chart = !origin.topic().equals(Topics.PAIR_WATCHES);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("file", chart ? "charts" : "pairs");
      json.writeNumberField("line", origin.offset());
      json.writeStringField(chart ? "chartId" : "pairId", text(origin.key()));
      json.writeStringField("code", letter.code().name());
      json.writeStringField("reason", letter.reason());
      json.writeEndObject();
    }
    String order = String.format(Locale.ROOT, "%d%019d", chart ? 0 : 1, origin.offset());
    spool.write(
        ResultFile.DEAD_LETTERS, order.getBytes(StandardCharsets.UTF_8), bytes.toByteArray());
  }

  private static String text(byte @Nullable [] utf8) {
    return utf8 == null ? "" : new String(utf8, StandardCharsets.UTF_8);
  }
}
