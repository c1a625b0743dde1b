package io.cosmichub.gateway.settings;

/** A text that is used and never shown. */
public record Secret(String value) {

  /** What stands in place of a secret wherever one would be printed. */
  static final String MASK = "******";

  @Override
  public String toString() {
    return MASK;
  }
}
