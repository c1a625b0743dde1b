package io.cosmichub.pipeline;

import java.util.Collection;
import java.util.Comparator;

/** Finds the key that a mistyped one was probably meant to be. */
final class NearestKey {

  private NearestKey() {}

  /**
   * The known key with the fewest edits from {@code typed}, the first of several. {@code known} is
   * not empty.
   */
  static String to(String typed, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt(
                key -> Math.min(edits(typed, key), edits(PipelineOptions.PREFIX + typed, key))))
        .orElseThrow();
  }

  /** Insertions, deletions and replacements of one character that turn {@code a} into {@code b}. */
  static int edits(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
