package io.cosmichub.streaming.ingest;

import io.cosmichub.contracts.ControlDecoder;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.serving.Control;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Decodes the records of the control topic. */
public final class DecodeControl extends DecodeFunction<Control, ControlInput> {

  /** The name of this step in dead letters. */
  public static final String STAGE = "decode-control";

  // Runtime.
  private transient ControlDecoder decoder;

  /** Decodes models, experiments and flags. */
  public DecodeControl() {
    super(STAGE);
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    decoder = new ControlDecoder();
  }

  @Override
  Decoded<Control> decode(InputRecord raw) {
    return decoder.decode(raw);
  }

  @Override
  ControlInput value(Control control, InputRecord raw) {
    return new ControlInput(control.name(), control, raw);
  }

  @Override
  ControlInput erase(String name, InputRecord raw) {
    return new ControlInput(name, null, raw);
  }

  @Override
  public TypeInformation<ControlInput> getProducedType() {
    return ControlInput.TYPE;
  }
}
