package io.cosmichub.population.count;

import io.cosmichub.chart.MicroDegrees;
import java.util.Locale;

/** A twelfth of the ecliptic, in the order of longitude. */
public enum Sign {
  ARIES,
  TAURUS,
  GEMINI,
  CANCER,
  LEO,
  VIRGO,
  LIBRA,
  SCORPIO,
  SAGITTARIUS,
  CAPRICORN,
  AQUARIUS,
  PISCES;

  /** How many signs there are. */
  public static final int COUNT = 12;

  private static final int WIDTH = MicroDegrees.CIRCLE / COUNT;
  private static final Sign[] BY_NUMBER = values();
  private static final Element[] ELEMENTS = Element.values();
  private static final Modality[] MODALITIES = Modality.values();

  /** The number, 0 to 11, of the sign of a longitude, which must not be absent. */
  public static int number(int longitude) {
    return longitude / WIDTH;
  }

  /** The sign of a number, 0 to 11. */
  public static Sign of(int number) {
    return BY_NUMBER[number];
  }

  /** The id, such as {@code aries}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The element of a sign's number. */
  public static Element element(int number) {
    return ELEMENTS[number % ELEMENTS.length];
  }

  /** The modality of a sign's number. */
  public static Modality modality(int number) {
    return MODALITIES[number % MODALITIES.length];
  }
}
