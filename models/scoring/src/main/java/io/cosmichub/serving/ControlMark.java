package io.cosmichub.serving;

import io.cosmichub.chart.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What was applied last under a name.
 *
 * @param version its version
 * @param digest the SHA-256 of what it said; empty if it was removed since
 */
public record ControlMark(long version, String digest) {

  /** The same once it was removed: of it stays the version. */
  public ControlMark removed() {
    return new ControlMark(version, "");
  }

  /** Whether it was removed. */
  public boolean isRemoved() {
    return digest.isEmpty();
  }

  /** What becomes of this one after the one that was applied before it; null if there is none. */
  public Outcome after(@Nullable ControlMark before) {
    if (before == null || version > before.version) {
      return Outcome.APPLIED;
    }
    if (before.isRemoved()) {
      return Outcome.CONFLICT;
    }
    if (version < before.version) {
      return Outcome.STALE;
    }
    return digest.equals(before.digest) ? Outcome.DUPLICATE : Outcome.CONFLICT;
  }
}
