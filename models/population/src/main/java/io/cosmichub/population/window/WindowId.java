package io.cosmichub.population.window;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A window of event time of one cohort.
 *
 * @param cohort the cohort
 * @param start epoch milliseconds, the first
 * @param end epoch milliseconds, the first one after it
 */
public record WindowId(String cohort, long start, long end) {

  /** {@link IllegalArgumentException} if it is empty. */
  public WindowId {
    if (end <= start) {
      throw new IllegalArgumentException("a window ends after it starts");
    }
  }

  /** How long it is, in milliseconds. */
  public long length() {
    return end - start;
  }

  /**
   * A stable link to its figures, such as {@code people/2026-01-01T00:00:00Z/2026-…}: the cohort is
   * percent-encoded, so that it is one part of three whatever its name.
   */
  public String link() {
    String name = URLEncoder.encode(cohort, StandardCharsets.UTF_8).replace("+", "%20");
    return name + "/" + Instant.ofEpochMilli(start) + "/" + Instant.ofEpochMilli(end);
  }
}
