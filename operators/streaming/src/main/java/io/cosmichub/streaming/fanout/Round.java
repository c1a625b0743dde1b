package io.cosmichub.streaming.fanout;

/**
 * What a walk over a chart's members needs to know from page to page while it is on; gone when it
 * ends.
 *
 * @param chartId the chart's id, which an erased chart's own state no longer says
 * @param effectiveAt epoch milliseconds when the last change became true
 * @param ingestedAt epoch milliseconds of the raw record of the last change; 0 if unknown
 * @param nextAt the processing time whose timer visits the next page
 */
record Round(String chartId, long effectiveAt, long ingestedAt, long nextAt) {

  /** The same walk with its next page at another time. */
  Round at(long time) {
    return new Round(chartId, effectiveAt, ingestedAt, time);
  }
}
