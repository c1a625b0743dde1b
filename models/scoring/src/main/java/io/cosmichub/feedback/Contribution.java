package io.cosmichub.feedback;

/**
 * By how much a unit changes the sums of an arm.
 *
 * @param experiment the experiment
 * @param version the version of its definition
 * @param arm the arm
 * @param metric the metric
 * @param change what comes to its sums; what is taken away is negative
 */
public record Contribution(
    String experiment, long version, String arm, String metric, Sums change) {}
