package io.cosmichub.streaming.matches;

import java.util.List;

/**
 * What was last published of a chart.
 *
 * @param at when, in epoch milliseconds
 * @param ids whom its list named
 */
record PublishedMatches(long at, List<String> ids) {

  /** Copies the list. */
  PublishedMatches {
    ids = List.copyOf(ids);
  }
}
