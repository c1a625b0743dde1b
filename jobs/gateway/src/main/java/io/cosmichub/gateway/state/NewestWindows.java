package io.cosmichub.gateway.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest window of each cohort, of everyone and two hundred others at most, and what is kept of
 * it. For one thread.
 */
final class NewestWindows<T> {
  private static final int MOST_COHORTS = 200;
  private static final String EVERYONE = "everyone";

  private static final class Window<T> {
    final T kept;
    Instant end = Instant.MIN;
    String startText = "";
    String endText = "";

    Window(T kept) {
      this.kept = kept;
    }
  }

  private final Map<String, Window<T>> cohorts = new HashMap<>();
  private final Supplier<T> none;
  private final Consumer<T> clear;

  /** {@code clear} takes from what is kept that which a newer window replaces. */
  NewestWindows(Supplier<T> none, Consumer<T> clear) {
    this.none = none;
    this.clear = clear;
  }

  /**
   * What is kept of the cohort that a record is about, or null where the record is of an older
   * window or of one cohort too many; {@link IllegalArgumentException} if it names no window.
   */
  @Nullable T of(ObjectNode record) {
    String cohort = record.path("cohort").asText();
    Instant end = end(record);
    if (!cohorts.containsKey(cohort) && !cohort.equals(EVERYONE) && others() >= MOST_COHORTS) {
      return null;
    }
    Window<T> window = cohorts.computeIfAbsent(cohort, name -> new Window<>(none.get()));
    int order = end.compareTo(window.end);
    if (order > 0) {
      clear.accept(window.kept);
      window.end = end;
      window.startText = record.path("windowStart").asText();
      window.endText = record.path("windowEnd").asText();
    }
    return order < 0 ? null : window.kept;
  }

  /** Writes which window it is, and returns what is kept of it; null for an unknown cohort. */
  @Nullable T describe(String cohort, ObjectNode message) {
    Window<T> window = cohorts.get(cohort);
    if (window == null) {
      return null;
    }
    message.put("windowStart", window.startText).put("windowEnd", window.endText);
    return window.kept;
  }

  private int others() {
    return cohorts.size() - (cohorts.containsKey(EVERYONE) ? 1 : 0);
  }

  private static Instant end(ObjectNode record) {
    try {
      return Instant.parse(record.path("windowEnd").asText());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the record names no window", e);
    }
  }
}
