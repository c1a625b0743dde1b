package io.cosmichub.gateway.session;

/**
 * What clients are told of a cohort: figures and what comes together, which are read from two
 * topics, in one message.
 *
 * @param trends the message without what comes together
 * @param patterns what comes together, or the empty string
 * @param message both
 */
record CohortNews(String trends, String patterns, String message) {

  /** Nothing has been published of the cohort. */
  static CohortNews none(String cohort) {
    return of(Messages.noTrends(cohort), "");
  }

  CohortNews withTrends(String json) {
    return of(json, patterns);
  }

  CohortNews withPatterns(String json) {
    return of(trends, json);
  }

  private static CohortNews of(String trends, String patterns) {
    String message =
        patterns.isEmpty()
            ? trends
            : trends.substring(0, trends.length() - 1) + ",\"patterns\":" + patterns + '}';
    return new CohortNews(trends, patterns, message);
  }
}
