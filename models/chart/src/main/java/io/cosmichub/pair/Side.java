package io.cosmichub.pair;

/** The side of a pair that a chart is on. */
public enum Side {
  A(0),
  B(1);

  private final int code;

  Side(int code) {
    this.code = code;
  }

  /** The stable code: 0 is A, 1 is B. */
  public int code() {
    return code;
  }

  /** The side of a code; {@link IllegalArgumentException} if there is none. */
  public static Side ofCode(int code) {
    return switch (code) {
      case 0 -> A;
      case 1 -> B;
      default -> throw new IllegalArgumentException("unknown side code " + code);
    };
  }
}
