package io.cosmichub.experiment;

/**
 * One of the ways that an experiment compares.
 *
 * @param id the name in messages
 * @param weight how many units it gets in relation to the other arms
 */
public record Arm(String id, int weight) {}
