package io.cosmichub.serving;

import io.cosmichub.chart.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What was applied last under a name.
 *
 * @param version its version
 * @param digest the SHA-256 of what it said
 */
public record ControlMark(long version, String digest) {

  /** What becomes of this one after the one that was applied before it; null if there is none. */
  public Outcome after(@Nullable ControlMark before) {
    if (before == null || version > before.version) {
      return Outcome.APPLIED;
    }
    if (version < before.version) {
      return Outcome.STALE;
    }
    return digest.equals(before.digest) ? Outcome.DUPLICATE : Outcome.CONFLICT;
  }
}
