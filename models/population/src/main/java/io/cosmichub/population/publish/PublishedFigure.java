package io.cosmichub.population.publish;

import io.cosmichub.population.trend.Deviation;
import io.cosmichub.population.window.WindowId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One number about a window of a cohort.
 *
 * @param window the window
 * @param sliding whether windows like this overlap
 * @param kind what is counted or measured
 * @param item of what: an aspect between two bodies, a bin, a body in a sign; empty of the whole
 * @param value the number, in the unit of its kind
 * @param count how many pairs, charts or times it is, or rests on
 * @param among how many there are in all; 0 where that says nothing
 * @param deviation how far it is from its past; null where that is not known
 * @param trending whether that is believed to be more than chance
 * @param insight the sentence that says so; empty if there is none
 */
public record PublishedFigure(
    WindowId window,
    boolean sliding,
    FigureKind kind,
    String item,
    double value,
    long count,
    long among,
    @Nullable Deviation deviation,
    boolean trending,
    String insight) {

  /** A figure that is compared with nothing. */
  static PublishedFigure plain(
      WindowId window,
      boolean sliding,
      FigureKind kind,
      String item,
      double value,
      long count,
      long among) {
    return new PublishedFigure(window, sliding, kind, item, value, count, among, null, false, "");
  }

  /** What figures of window after window have in common, such as {@code everyone/PT1H/pairs}. */
  public String metric() {
    String whole = window.cohort() + "/" + Duration.ofMillis(window.length()) + "/" + kind.id();
    return item.isEmpty() ? whole : whole + "/" + item;
  }
}
