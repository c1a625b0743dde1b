package io.cosmichub.streaming.record;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A hand-written serializer of an immutable, never-null record type. Every record starts with one
 * byte, the version of its layout, so that a newer serializer reads what an older one wrote; state
 * from a newer one than this is refused when it is restored.
 *
 * @param <T> the record type
 */
public abstract class RecordSerializer<T> extends TypeSerializer<T> {

  private final int version;

  /** A serializer that writes {@code version} (1 … 127) and reads that and every lower one. */
  protected RecordSerializer(int version) {
    if (version < 1 || version > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("Version out of 1…127: " + version);
    }
    this.version = version;
  }

  /** Writes the fields of {@code value} in the layout of this serializer's own version. */
  protected abstract void write(T value, DataOutputView out) throws IOException;

  /**
   * Reads the fields of one record in the layout of {@code writtenVersion}, which is at most this
   * serializer's own.
   */
  protected abstract T read(int writtenVersion, DataInputView in) throws IOException;

  @Override
  public final void serialize(T value, DataOutputView out) throws IOException {
    out.writeByte(version);
    write(value, out);
  }

  @Override
  public final T deserialize(DataInputView in) throws IOException {
    int written = in.readByte();
    if (written < 1 || written > version) {
      throw new IOException(
          getClass().getSimpleName() + " reads versions up to " + version + ", found " + written);
    }
    return read(written, in);
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public final T copy(T value) {
    return value;
  }

  @Override
  public final T copy(T value, T reuse) {
    return value;
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final TypeSerializer<T> duplicate() {
    return this;
  }

  /** Not supported: an immutable record has no empty form to be filled later. */
  @Override
  public final T createInstance() {
    throw new UnsupportedOperationException("Records are immutable");
  }

  @Override
  public final int getLength() {
    return -1;
  }

  /**
   * Two serializers of one class are the same: all they know is a layout, and that belongs to the
   * class.
   */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof RecordSerializer<?> that && isOfClassOf(that);
  }

  private boolean isOfClassOf(RecordSerializer<?> that) {
    return getClass() == that.getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }

  @Override
  public abstract Snapshot<T> snapshotConfiguration();

  /**
   * What a checkpoint says about the serializer that wrote it: the version of the layout. Each
   * serializer has a public subclass with a public constructor without parameters, by whose name a
   * checkpoint finds it again.
   *
   * @param <T> the record type
   */
  public abstract static class Snapshot<T> implements TypeSerializerSnapshot<T> {

    private static final int SNAPSHOT_VERSION = 1;

    private final Supplier<? extends RecordSerializer<T>> serializer;
    private int recordVersion;

    /** A snapshot of what {@code serializer} makes. */
    protected Snapshot(Supplier<? extends RecordSerializer<T>> serializer) {
      this.serializer = Objects.requireNonNull(serializer, "serializer");
      this.recordVersion = current();
    }

    @Override
    public final int getCurrentVersion() {
      return SNAPSHOT_VERSION;
    }

    @Override
    public final void writeSnapshot(DataOutputView out) throws IOException {
      out.writeInt(recordVersion);
    }

    @Override
    public final void readSnapshot(int snapshotVersion, DataInputView in, ClassLoader classLoader)
        throws IOException {
      if (snapshotVersion != SNAPSHOT_VERSION) {
        throw new IOException("Unknown version of a serializer snapshot: " + snapshotVersion);
      }
      recordVersion = in.readInt();
    }

    @Override
    public final TypeSerializer<T> restoreSerializer() {
      return serializer.get();
    }

    @Override
    public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
        TypeSerializerSnapshot<T> old) {
      boolean readable =
          old.getClass() == getClass() && ((Snapshot<T>) old).recordVersion <= current();
      return readable
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }

    private int current() {
      return ((RecordSerializer<T>) serializer.get()).version;
    }
  }
}
