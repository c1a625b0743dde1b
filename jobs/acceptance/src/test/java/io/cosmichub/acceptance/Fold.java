package io.cosmichub.acceptance;

import io.cosmichub.acceptance.Messages.Cell;
import io.cosmichub.acceptance.Messages.Change;
import io.cosmichub.acceptance.Messages.Delta;
import io.cosmichub.acceptance.Messages.Held;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Folds the deltas of one pair as the contract tells a consumer to: a life begins at sequence 1
 * with the empty set and ends with a closing delta. A gap, a repetition or a change that does not
 * fit what is held is an {@link AssertionError}.
 */
final class Fold {

  private final Map<Cell, Held> held = new TreeMap<>();
  private long sequence;
  private int lives;
  private boolean open;

  void add(Delta delta) {
    if (!open) {
      require(delta.sequence() == 1, delta, "a life must begin at sequence 1");
      lives++;
      open = true;
      sequence = 0;
    }
    require(delta.sequence() == sequence + 1, delta, "after sequence " + sequence);
    require(!delta.changes().isEmpty(), delta, "a delta without changes");
    for (Change change : delta.changes()) {
      require(
          Objects.equals(held.get(change.cell()), change.before()),
          delta,
          change.cell() + " held something else");
      require(
          !Objects.equals(change.before(), change.after()),
          delta,
          change.cell() + " did not change");
      if (change.after() == null) {
        held.remove(change.cell());
      } else {
        held.put(change.cell(), change.after());
      }
    }
    sequence = delta.sequence();
    if (delta.closed()) {
      require(held.isEmpty(), delta, "a closing delta must dissolve everything");
      open = false;
    }
  }

  /** The aspect set folded so far. */
  Map<Cell, Held> aspects() {
    return Collections.unmodifiableMap(held);
  }

  /** The sequence of the last delta, 0 before the first. */
  long sequence() {
    return sequence;
  }

  /** How many lives of the pair began. */
  int lives() {
    return lives;
  }

  /** Whether the last delta left the pair alive. */
  boolean open() {
    return open;
  }

  private static void require(boolean condition, Delta delta, String what) {
    if (!condition) {
      throw new AssertionError(delta.pairId() + " at sequence " + delta.sequence() + ": " + what);
    }
  }
}
