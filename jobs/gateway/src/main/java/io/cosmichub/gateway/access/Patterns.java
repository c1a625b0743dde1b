package io.cosmichub.gateway.access;

import java.util.List;

/** Ids that are allowed: each exactly, or by how they begin where a pattern ends in {@code *}. */
public record Patterns(List<String> patterns) {
  public static final Patterns ALL = new Patterns(List.of("*"));

  public boolean allow(String id) {
    for (String pattern : patterns) {
      boolean fits =
          pattern.endsWith("*")
              ? id.startsWith(pattern.substring(0, pattern.length() - 1))
              : id.equals(pattern);
      if (fits) {
        return true;
      }
    }
    return false;
  }
}
