package io.cosmichub.chart;

/** How an input record ended; every one ends in exactly one way. */
public enum Outcome {
  /** It changed state. */
  APPLIED(0),
  /** Newer input had come before it. */
  STALE(1),
  /** The same content had come before it. */
  DUPLICATE(2),
  /** The same revision had come with other content; nothing of it was applied. */
  CONFLICT(3);

  private final int code;

  Outcome(int code) {
    this.code = code;
  }

  /** The stable code. */
  public int code() {
    return code;
  }

  /** The outcome of a code; {@link IllegalArgumentException} if there is none. */
  public static Outcome ofCode(int code) {
    for (Outcome outcome : values()) {
      if (outcome.code == code) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("unknown outcome code " + code);
  }
}
