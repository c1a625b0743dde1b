package io.cosmichub.bench;

import io.cosmichub.streaming.ingest.Accounting;

/** What the hot state of a job has counted. */
record HotState(long hits, long misses) {

  private static final String PREFIX = "_" + Accounting.GROUP + "_hot_state_";

  static HotState of(Session.Job job) {
    return new HotState(job.metric(PREFIX + "hits"), job.metric(PREFIX + "misses"));
  }

  double hitRateSince(HotState before) {
    long hit = hits - before.hits;
    long missed = misses - before.misses;
    return hit + missed == 0 ? Double.NaN : hit / (double) (hit + missed);
  }
}
