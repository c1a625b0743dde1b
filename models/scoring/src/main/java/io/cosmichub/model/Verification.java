package io.cosmichub.model;

/** What became of an artifact: a model to use, or why there is none. */
public sealed interface Verification {
  /**
   * It passed.
   *
   * @param id the first sixteen digits of its SHA-256
   * @param family what it predicts
   * @param trainer which trainer made it
   * @param model the model
   */
  record Accepted(String id, String family, String trainer, PairModel model)
      implements Verification {}

  /**
   * It did not.
   *
   * @param code the stable reason
   * @param detail the reason in words
   */
  record Refused(Refusal code, String detail) implements Verification {}
}
