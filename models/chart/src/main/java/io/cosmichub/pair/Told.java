package io.cosmichub.pair;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What holds under a name from now on, as bytes that this module need not read. The bytes are
 * shared, not copied, and must not be written to.
 */
public final class Told {
  private final String name;
  private final byte @Nullable [] content;

  /** {@code content} holds under {@code name}; null: nothing does any more. */
  public Told(String name, byte @Nullable [] content) {
    this.name = Objects.requireNonNull(name, "name");
    this.content = content;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** What holds, or null. */
  public byte @Nullable [] content() {
    return content;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Told that
        && name.equals(that.name)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(content);
  }

  /** The name, and nothing of what it says. */
  @Override
  public String toString() {
    return "Told["
        + name
        + (content == null ? ", nothing" : ", " + content.length + " bytes")
        + "]";
  }
}
