package io.cosmichub.population.count;

/** What cohorts there are beside those that charts name. */
public final class Cohorts {

  /** Every chart, and every pair; a chart that names it says nothing by that. */
  public static final String EVERYONE = "everyone";

  private Cohorts() {}
}
