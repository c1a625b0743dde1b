package io.cosmichub.feedback;

/**
 * What somebody said about a pair. Known by pair, kind and time.
 *
 * @param pairId the pair
 * @param chartA the chart on its side A; empty if not said
 * @param kind of what kind it is, such as {@code rating}
 * @param value 0 to {@link Metric#WHOLE}, in millionths
 * @param at when, in epoch milliseconds
 */
public record Feedback(String pairId, String chartA, String kind, int value, long at) {}
