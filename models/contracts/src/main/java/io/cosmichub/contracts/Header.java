package io.cosmichub.contracts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One header of a record: a name and bytes, which may be null. The bytes are shared, not copied.
 */
public final class Header {
  private final String name;
  private final byte @Nullable [] value;

  public Header(String name, byte @Nullable [] value) {
    this.name = Objects.requireNonNull(name, "name");
    this.value = value;
  }

  /** A header whose value is the UTF-8 of {@code text}. */
  public static Header of(String name, String text) {
    return new Header(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public String name() {
    return name;
  }

  public byte @Nullable [] value() {
    return value;
  }

  /** The value read as UTF-8, malformed bytes replaced; null where the value is null. */
  public @Nullable String text() {
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Header that
        && name.equals(that.name)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(value);
  }

  /** The name and the length only: a header may carry anything. */
  @Override
  public String toString() {
    return "Header[" + name + ", " + (value == null ? "null" : value.length + " bytes") + "]";
  }
}
