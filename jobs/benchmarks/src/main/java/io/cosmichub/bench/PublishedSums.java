package io.cosmichub.bench;

import io.cosmichub.streaming.population.PopulationPartsOperator;
import java.util.Locale;

/**
 * What a job has published of the population: that windows close while it is measured.
 *
 * @param figures figures of windows
 * @param patterns patterns and named figures
 * @param late changes that came after their window had closed, once for each cohort
 */
record PublishedSums(long figures, long patterns, long late) {

  private static final String RECORDS_OUT = "numRecordsOut";

  static PublishedSums of(Session.Job job) {
    return new PublishedSums(
        job.metric(RECORDS_OUT, "Population_windows"),
        job.metric(RECORDS_OUT, "Patterns"),
        job.metric("_" + PopulationPartsOperator.LATE));
  }

  PublishedSums since(PublishedSums before) {
    return new PublishedSums(
        figures - before.figures, patterns - before.patterns, late - before.late);
  }

  String words() {
    return String.format(
        Locale.ROOT,
        "%,d figures of windows and %,d patterns published, %,d changes late",
        figures,
        patterns,
        late);
  }
}
