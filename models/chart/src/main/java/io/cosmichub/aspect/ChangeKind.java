package io.cosmichub.aspect;

/** How the aspect of one cell changed. */
public enum ChangeKind {
  /** There was none and now one holds. */
  FORMED(1),
  /** One held and now none does. */
  DISSOLVED(2),
  /** One gave way to another. */
  REPLACED(3),
  /** The same one holds at another orb. */
  ORB_CHANGED(4);

  private final int code;

  ChangeKind(int code) {
    this.code = code;
  }

  /** The stable code. */
  public int code() {
    return code;
  }
}
