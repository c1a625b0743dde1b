package io.cosmichub.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads one kind of message into a draft, by format, and turns what the parsers say into refusals.
 */
abstract sealed class MessageReader<D>
    permits ChartReader, WatchReader, FeedbackReader, ControlReader {

  abstract void json(byte[] value, D draft) throws Refusal, IOException;

  abstract void protobuf(byte[] value, D draft) throws Refusal, IOException;

  /** How many bytes a value may have. */
  int maxValueBytes() {
    return Envelope.MAX_VALUE_BYTES;
  }

  /** Fills the draft from the value, whose format the record says. */
  final void read(InputRecord input, byte[] value, D draft) throws Refusal {
    Format format = Envelope.format(input, value, maxValueBytes());
    try {
      switch (format) {
        case JSON -> json(value, draft);
        case PROTOBUF -> protobuf(value, draft);
      }
    } catch (JsonProcessingException e) {
      throw new Refusal(
          DeadLetterCode.BROKEN_JSON,
          "the JSON breaks off or is not well-formed near byte "
              + Math.max(0, e.getLocation() == null ? 0 : e.getLocation().getByteOffset()));
    } catch (InvalidProtocolBufferException e) {
      throw new Refusal(
          DeadLetterCode.BROKEN_PROTOBUF, "the Protobuf breaks off or is not well-formed");
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
    }
  }
}
