package io.cosmichub.fanout;

/**
 * A pair that a chart is one side of.
 *
 * @param pairId the pair
 * @param side the stable code of the chart's side
 * @param epoch the epoch of the watch
 */
public record Member(String pairId, int side, long epoch) {}
