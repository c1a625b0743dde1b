package io.cosmichub.pair;

/**
 * A chart becomes, or ceases to be, one side of a pair.
 *
 * @param chartId the chart that is told
 * @param pairId the pair
 * @param side its side
 * @param joined true to join, false to leave
 * @param epoch the epoch of the watch that begins or ends
 */
public record MembershipChange(
    String chartId, String pairId, Side side, boolean joined, long epoch) {}
