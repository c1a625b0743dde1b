package io.cosmichub.bench;

/** The demo that is measured does not answer, or not any more. */
final class DemoEnded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoEnded(String what) {
    super(what);
  }

  DemoEnded(String what, Exception why) {
    super(what, why);
  }
}
