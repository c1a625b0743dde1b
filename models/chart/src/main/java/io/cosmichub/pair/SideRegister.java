package io.cosmichub.pair;

import io.cosmichub.chart.Longitudes;
import java.util.List;

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
 * @param cohorts the published cohorts; none without chart
 */
public record SideRegister(
    long epoch,
    String chartId,
    boolean present,
    int life,
    long revision,
    long effectiveAt,
    Longitudes longitudes,
    List<String> cohorts) {

  /** A side whose chart is in no cohort, or not known. */
  public SideRegister(
      long epoch,
      String chartId,
      boolean present,
      int life,
      long revision,
      long effectiveAt,
      Longitudes longitudes) {
    this(epoch, chartId, present, life, revision, effectiveAt, longitudes, List.of());
  }

  static SideRegister of(SideUpdate update) {
    boolean present = update.kind() == SideUpdate.Kind.CHART;
    return new SideRegister(
        update.epoch(),
        update.chartId(),
        present,
        update.life(),
        update.revision(),
        update.effectiveAt(),
        update.longitudes(),
        update.cohorts());
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
