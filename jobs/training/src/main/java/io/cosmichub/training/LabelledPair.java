package io.cosmichub.training;

/**
 * One piece of feedback and what was known of its pair when it was given.
 *
 * @param pairId the pair
 * @param group what must not be split: the pair, or all pairs that share a chart with it
 * @param at epoch milliseconds of the feedback, 0 where nobody knows
 * @param features the features, in the order of the schema
 * @param rules the raw total of the rule-based score
 * @param label what people said
 * @param truth what they would have said without noise, where it was planted; else NaN
 */
@SuppressWarnings("ArrayRecordComponent") // rows of numbers, never compared
record LabelledPair(
    String pairId,
    String group,
    long at,
    float[] features,
    double rules,
    double label,
    double truth) {

  LabelledPair inGroup(String other) {
    return new LabelledPair(pairId, other, at, features, rules, label, truth);
  }
}
