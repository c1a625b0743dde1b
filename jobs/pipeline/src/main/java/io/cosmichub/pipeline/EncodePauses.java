package io.cosmichub.pipeline;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.OutputRecord;
import org.apache.flink.api.common.functions.MapFunction;

/** Writes which arms are paused as a record of the control topic, which this job reads, too. */
final class EncodePauses implements MapFunction<byte[], OutputRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public OutputRecord map(byte[] pause) {
    return InputEncoder.control(ControlBytes.read(pause));
  }
}
