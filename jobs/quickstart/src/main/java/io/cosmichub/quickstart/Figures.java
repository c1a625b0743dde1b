package io.cosmichub.quickstart;

import io.cosmichub.chart.Outcome;
import io.cosmichub.quickstart.MetricsPage.Label;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.ingest.Accounting;

/** What the running job has counted, by its own metrics. */
record Figures(
    long recordsRead,
    long applied,
    long stale,
    long duplicate,
    long conflict,
    long deadLettered,
    long pairsRecomputed,
    long deltasOut,
    double updateToLiveP50,
    double updateToLiveP99) {

  /** Nothing counted yet. */
  static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static final String GROUP = "_" + Accounting.GROUP + "_";
  private static final String TOPIC = GROUP + Accounting.TOPIC + "_";
  private static final String SETTLED = TOPIC + Accounting.OUTCOME + "_" + Accounting.RECORDS;

  /** Sums the counters of all subtasks. */
  static Figures of(MetricsPage page) {
    return new Figures(
        (long) page.sum(TOPIC + Accounting.RECORDS_READ),
        settled(page, Accounting.label(Outcome.APPLIED)),
        settled(page, Accounting.label(Outcome.STALE)),
        settled(page, Accounting.label(Outcome.DUPLICATE)),
        settled(page, Accounting.label(Outcome.CONFLICT)),
        settled(page, Accounting.DEAD_LETTERED),
        (long) page.sum(GROUP + PairAspectsFunction.PAIRS_RECOMPUTED),
        (long) page.sum(GROUP + PairAspectsFunction.DELTAS_OUT),
        page.max(GROUP + PairAspectsFunction.UPDATE_TO_LIVE, new Label("quantile", "0.5")),
        page.max(GROUP + PairAspectsFunction.UPDATE_TO_LIVE, new Label("quantile", "0.99")));
  }

  /** Records read of which no outcome is known: 0 once everything that was read is settled. */
  long accountingDifference() {
    return recordsRead - applied - stale - duplicate - conflict - deadLettered;
  }

  /** Records that went to a dead-letter topic: malformed ones and conflicts. */
  long deadLetters() {
    return deadLettered + conflict;
  }

  private static long settled(MetricsPage page, String outcome) {
    return (long) page.sum(SETTLED, new Label(Accounting.OUTCOME, outcome));
  }
}
