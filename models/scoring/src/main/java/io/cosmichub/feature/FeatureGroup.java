package io.cosmichub.feature;

import java.util.Locale;

/** A family of features that a schema takes as a whole. Names are part of a schema's hash. */
public enum FeatureGroup {
  /** The strength of each aspect between two bodies, whichever side they are on. */
  CELLS,
  /** The strengths of all aspects that a body is part of. */
  BODIES,
  /** The strengths of all aspects of a nature. */
  NATURES,
  /** The scored strengths of all aspects within an area of the relationship. */
  AREAS,
  /** How both charts share the elements and modalities of the signs, and how they differ. */
  BALANCE,
  /** The strengths of all aspects that are applying, and that are separating; needs speeds. */
  PHASES,
  /** The bodies of one chart in the houses of the other; needs cusps. */
  HOUSES;

  /** The name in a schema's feature names and in files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
