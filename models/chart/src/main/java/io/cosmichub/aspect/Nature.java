package io.cosmichub.aspect;

/** Whether an aspect counts as harmonious, challenging or neither. */
public enum Nature {
  HARMONIOUS("harmonious"),
  CHALLENGING("challenging"),
  NEUTRAL("neutral");

  private final String id;

  Nature(String id) {
    this.id = id;
  }

  /** The id in messages. */
  public String id() {
    return id;
  }
}
