package io.cosmichub.streaming.record;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer of a type that packs itself into bytes: their number, then the bytes. One value a
 * key and one read and one write of the state backend, however much the value holds.
 *
 * @param <T> the packed type
 */
public abstract class PackedSerializer<T> extends RecordSerializer<T> {

  private static final int VERSION = 1;

  /**
   * A serializer of the first layout; what changes later is the packed bytes, which carry a version
   * of their own.
   */
  protected PackedSerializer() {
    super(VERSION);
  }

  /** The bytes of {@code value}. */
  protected abstract byte[] pack(T value);

  /** The value of {@code bytes}; throws {@link IllegalArgumentException} if they are none. */
  protected abstract T unpack(byte[] bytes);

  @Override
  protected final void write(T value, DataOutputView out) throws IOException {
    Fields.writeBytes(pack(value), out);
  }

  @Override
  protected final T read(int writtenVersion, DataInputView in) throws IOException {
    return unpack(Fields.readBytes(in));
  }
}
