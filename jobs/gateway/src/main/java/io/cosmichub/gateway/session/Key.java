package io.cosmichub.gateway.session;

/** Something of which a client wants to have the latest. */
record Key(Kind kind, String id) {
  enum Kind {
    PAIR,
    POSITIONS,
    PIPELINE,
    TRENDS,
    EXPERIMENTS
  }

  static final Key PIPELINE = new Key(Kind.PIPELINE, "");

  static final Key EXPERIMENTS = new Key(Kind.EXPERIMENTS, "");

  static Key pair(String id) {
    return new Key(Kind.PAIR, id);
  }

  static Key positions(String chart) {
    return new Key(Kind.POSITIONS, chart);
  }

  static Key trends(String cohort) {
    return new Key(Kind.TRENDS, cohort);
  }
}
