package io.cosmichub.streaming.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every type that crosses an edge or enters state must pass. The test of a package extends
 * this class and gives its types with values; the bytes of the first value of each are kept in
 * {@code layouts.properties}, so that no layout changes unseen.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SerializerContract {

  /** The types of a package. */
  protected abstract Stream<Case<?>> cases();

  /**
   * A type and values of it.
   *
   * @param <T> the type
   * @param serializer its serializer, as it is given to Flink
   * @param values at least one; the first one's bytes are kept
   */
  protected record Case<T>(TypeSerializer<T> serializer, List<T> values) {

    /** A type that enters state. */
    public static <T> Case<T> state(TypeSerializer<T> serializer, List<T> values) {
      return new Case<>(serializer, values);
    }

    /** A type that crosses an edge. */
    public static <T> Case<T> edge(TypeInformation<T> type, List<T> values) {
      assertThat(type).isInstanceOf(RecordTypeInfo.class);
      assertThat(type.isKeyType()).isFalse();
      assertThat(values).allMatch(type.getTypeClass()::isInstance);
      return new Case<>(type.createSerializer(new SerializerConfigImpl()), values);
    }

    String name() {
      return values.get(0).getClass().getSimpleName();
    }

    @Override
    public String toString() {
      return name();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void isReadAsItWasWritten(Case<T> type) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    for (T value : type.values()) {
      type.serializer().serialize(value, out);
    }
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    for (T value : type.values()) {
      assertThat(type.serializer().deserialize(in)).isEqualTo(value);
    }
    assertThat(in.available()).isZero();
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void isCopiedAsBytesAndSharedAsAnObject(Case<T> type) throws IOException {
    DataOutputSerializer copies = new DataOutputSerializer(64);
    for (T value : type.values()) {
      type.serializer().copy(new DataInputDeserializer(bytes(type.serializer(), value)), copies);
      assertThat(type.serializer().copy(value)).isSameAs(value);
    }
    DataInputDeserializer in = new DataInputDeserializer(copies.getCopyOfBuffer());
    for (T value : type.values()) {
      assertThat(type.serializer().deserialize(in)).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void isWrittenByHandNotByKryo(Case<T> type) {
    assertThat(type.serializer()).isInstanceOf(RecordSerializer.class);
    assertThat(type.serializer().isImmutableType()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void travelsWithTheJob(Case<T> type) throws Exception {
    assertThat(InstantiationUtil.clone(type.serializer())).isEqualTo(type.serializer());
    assertThat(type.serializer().duplicate()).isEqualTo(type.serializer());
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void aCheckpointFindsTheSerializerAgain(Case<T> type) throws IOException {
    TypeSerializerSnapshot<T> restored = restored(type.serializer().snapshotConfiguration());
    assertThat(restored.restoreSerializer()).isEqualTo(type.serializer());
    assertThat(
            type.serializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void aCheckpointOfANewerLayoutIsRefused(Case<T> type) throws IOException {
    DataOutputSerializer newer = new DataOutputSerializer(8);
    newer.writeInt(Byte.MAX_VALUE);
    TypeSerializerSnapshot<T> restored = type.serializer().snapshotConfiguration();
    restored.readSnapshot(
        restored.getCurrentVersion(),
        new DataInputDeserializer(newer.getCopyOfBuffer()),
        getClass().getClassLoader());
    assertThat(
            type.serializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isIncompatible())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void aRecordOfANewerLayoutIsRefused(Case<T> type) throws IOException {
    byte[] bytes = bytes(type.serializer(), type.values().get(0));
    bytes[0] = Byte.MAX_VALUE;
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> type.serializer().deserialize(new DataInputDeserializer(bytes)))
        .withMessageContaining("127");
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void theLayoutIsTheOneKept(Case<T> type) throws IOException {
    String kept = layouts().getProperty(type.name(), "none kept");
    T value = type.values().get(0);
    assertThat(HexFormat.of().formatHex(bytes(type.serializer(), value))).isEqualTo(kept);
    byte[] old = HexFormat.of().parseHex(kept);
    assertThat(type.serializer().deserialize(new DataInputDeserializer(old))).isEqualTo(value);
  }

  private static Properties layouts() throws IOException {
    Properties layouts = new Properties();
    try (InputStream in = SerializerContract.class.getResourceAsStream("layouts.properties")) {
      layouts.load(Objects.requireNonNull(in));
    }
    return layouts;
  }

  private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static <T> TypeSerializerSnapshot<T> restored(TypeSerializerSnapshot<T> snapshot)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(out.getCopyOfBuffer()),
        SerializerContract.class.getClassLoader());
  }
}
