package io.cosmichub.gateway.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What a topic says of the newest window of each cohort. For one thread. */
public sealed interface CohortWindows permits Trends, FoundPatterns {

  /**
   * Takes a record, the JSON of its topic; {@link IllegalArgumentException} if it does not name
   * what it must.
   *
   * @return the cohort if what is told of it has changed, or null
   */
  @Nullable String apply(ObjectNode record);

  /** What clients are told of a cohort. */
  String message(String cohort);
}
