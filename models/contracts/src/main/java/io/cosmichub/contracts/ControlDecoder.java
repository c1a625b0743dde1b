package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.ControlRecord;
import io.cosmichub.serving.Control;

/**
 * Decodes the records of the control topic, in either format. Never throws: what cannot be read is
 * {@link Decoded.Malformed}. Whether a model's artifact may score is not looked at here.
 */
public final class ControlDecoder {
  private final ControlReader reader = new ControlReader();

  /** What a record says, or the name under which its null value removes what holds. */
  public Decoded<Control> decode(InputRecord input) {
    try {
      byte[] value = input.value();
      if (value == null) {
        return new Decoded.Erase<>(Ids.ofTombstone(input.key()));
      }
      ControlRecord.Builder draft = ControlRecord.newBuilder();
      reader.read(input, value, draft);
      Ids.requireKey(input.key(), Ids.require(draft.getName(), "the name"));
      ControlRecord record = draft.build();
      Control control = ControlMessages.read(record);
      ModelNames.require(record);
      return new Decoded.Value<>(control);
    } catch (Refusal refusal) {
      return refusal.toMalformed();
    }
  }
}
