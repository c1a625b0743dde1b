package io.cosmichub.population.publish;

import io.cosmichub.chart.Body;
import io.cosmichub.population.count.ChartCounts;
import io.cosmichub.population.count.CircularMean;
import io.cosmichub.population.count.Element;
import io.cosmichub.population.count.Modality;
import io.cosmichub.population.count.Sign;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.window.WindowId;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What may be published of charts, each of which is a person. */
final class ChartFigures {

  private static final double TENTHS = 10;
  private static final double HUNDREDTHS = 100;

  private final Anonymity anonymity;
  private final WindowId window;

  ChartFigures(Anonymity anonymity, WindowId window) {
    this.anonymity = anonymity;
    this.window = window;
  }

  void of(ChartCounts charts, List<PublishedFigure> out) {
    if (!allows(charts.charts())) {
      return;
    }
    out.add(figure(FigureKind.CHARTS, "", (double) charts.charts(), charts.charts(), 0));
    for (int slot = 0; slot < Body.COUNT; slot++) {
      CircularMean mean = charts.mean(slot);
      if (allows(mean.charts()) && anonymity.allowsRest(people(charts.charts() - mean.charts()))) {
        of(charts, slot, mean, out);
      }
    }
  }

  private void of(ChartCounts charts, int slot, CircularMean mean, List<PublishedFigure> out) {
    String body = Body.ofSlot(slot).id();
    long having = mean.charts();
    // Coarse, so that one chart more does not tell where its body stands.
    double concentration = Math.rint(mean.concentration() * HUNDREDTHS) / HUNDREDTHS;
    if (concentration > 0) {
      double degrees = Math.rint(mean.degrees() * TENTHS) / TENTHS % 360;
      out.add(figure(FigureKind.MEAN, body, degrees, having, 0));
    }
    out.add(figure(FigureKind.CONCENTRATION, body, concentration, having, 0));
    BitSet signs = anonymity.parts(Sign.COUNT, sign -> charts.sign(slot, sign));
    signs.stream()
        .forEach(
            sign ->
                out.add(
                    share(
                        FigureKind.SIGN,
                        body + " " + Sign.of(sign).id(),
                        charts.sign(slot, sign),
                        having)));
    for (Element element : Element.values()) {
      if (whole(signs, sign -> Sign.element(sign) == element)) {
        long count = charts.element(slot, element);
        out.add(share(FigureKind.ELEMENT, body + " " + id(element), count, having));
      }
    }
    for (Modality modality : Modality.values()) {
      if (whole(signs, sign -> Sign.modality(sign) == modality)) {
        long count = charts.modality(slot, modality);
        out.add(share(FigureKind.MODALITY, body + " " + id(modality), count, having));
      }
    }
  }

  /** A sum of signs of which one is withheld would tell it, alone or with other sums. */
  private static boolean whole(BitSet published, IntPredicate part) {
    return IntStream.range(0, Sign.COUNT).filter(part).allMatch(published::get);
  }

  private boolean allows(long people) {
    return anonymity.allows(people(people));
  }

  private static int people(long charts) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, charts));
  }

  private static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private PublishedFigure share(FigureKind kind, String item, long count, long among) {
    return figure(kind, item, (double) count / among, count, among);
  }

  private PublishedFigure figure(
      FigureKind kind, String item, double value, long count, long among) {
    return PublishedFigure.plain(window, false, kind, item, value, count, among);
  }
}
