package io.cosmichub.population.publish;

/** What a published figure counts or measures. */
public enum FigureKind {
  /** Pairs at the end of the window. */
  PAIRS("pairs"),
  /** Charts at the end of the window. */
  CHARTS("charts"),
  /** Pairs that hold an aspect at the end of the window; the value is their share. */
  HELD("aspect.held"),
  /** How often pairs came to hold an aspect. */
  FORMED("aspect.formed"),
  /** How often pairs ceased to hold an aspect. */
  DISSOLVED("aspect.dissolved"),
  /** The score that a fraction of the pairs do not exceed. */
  SCORE_QUANTILE("score.quantile"),
  /** The mean score. */
  SCORE_MEAN("score.mean"),
  /** The mean score, by the rules, of the pairs in an arm of an experiment. */
  ARM_MEAN("score.arm"),
  /** The mean of what a model answered for the pairs in an arm of an experiment. */
  ARM_MODEL_MEAN("score.arm-model"),
  /** Pairs whose score lies in five points; the value is their share. */
  SCORE_BIN("score.bin"),
  /** The mean of an area of the score. */
  AREA_MEAN("score.area"),
  /** Charts with a body in a sign; the value is their share. */
  SIGN("body.sign"),
  /** The same by element. */
  ELEMENT("body.element"),
  /** The same by modality. */
  MODALITY("body.modality"),
  /** Where a body stands on average, in degrees. */
  MEAN("body.mean"),
  /** How close to it the charts are: 0 spread evenly, 1 all at one place. */
  CONCENTRATION("body.concentration"),
  /** About how many charts changed. */
  CHARTS_ACTIVE("charts.active"),
  /** About how many pairs changed. */
  PAIRS_ACTIVE("pairs.active"),
  /** How often pairs changed. */
  CHANGES("pairs.changes");

  private final String id;

  FigureKind(String id) {
    this.id = id;
  }

  /** The stable id, in messages and in state. */
  public String id() {
    return id;
  }

  /** The kind of an id; {@link IllegalArgumentException} if there is none. */
  public static FigureKind ofId(String id) {
    for (FigureKind kind : values()) {
      if (kind.id.equals(id)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of figure has the id " + id);
  }
}
