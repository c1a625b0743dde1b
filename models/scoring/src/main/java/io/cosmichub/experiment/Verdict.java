package io.cosmichub.experiment;

/** What the figures of an experiment allow to say. */
public enum Verdict {
  /** Not enough is known. */
  CONTINUE,
  /** An arm is better than the control, and of each guardrail enough is known to see no harm. */
  SHIP,
  /** The arms harm, or are worse, or the time is over and none may be shipped. */
  STOP,
  /** The arms did not get units in the ratio of their weights: no figure means anything. */
  INVALID
}
