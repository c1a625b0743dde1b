package io.cosmichub.contracts;

/**
 * Carries a code and its reason out of a reader; caught by every decoder, so it has no stack trace.
 */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final DeadLetterCode code;
  private final String reason;

  Refusal(DeadLetterCode code, String reason) {
    super(reason, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  <T> Decoded<T> toMalformed() {
    return new Decoded.Malformed<>(code, reason);
  }
}
