package io.cosmichub.pair;

import io.cosmichub.chart.Longitudes;

/**
 * What a pair knows of one of its sides.
 *
 * @param epoch the epoch of the watch that the side belongs to
 * @param chartId the chart
 * @param present whether the chart is known
 * @param life the chart's life; 0 where it is not known
 * @param revision the published revision, or {@link SideUpdate#NO_REVISION}
 * @param effectiveAt epoch milliseconds
 * @param longitudes the published longitudes; none without chart
 */
public record SideRegister(
    long epoch,
    String chartId,
    boolean present,
    int life,
    long revision,
    long effectiveAt,
    Longitudes longitudes) {

  static SideRegister of(SideUpdate update) {
    boolean present = update.kind() == SideUpdate.Kind.CHART;
    return new SideRegister(
        update.epoch(),
        update.chartId(),
        present,
        update.life(),
        update.revision(),
        update.effectiveAt(),
        update.longitudes());
  }

  /** Whether both hold a chart, and it is the same life of the same one under the same watch. */
  boolean continues(SideRegister before) {
    return present
        && before.present
        && epoch == before.epoch
        && life == before.life
        && chartId.equals(before.chartId);
  }
}
