package io.cosmichub.quickstart;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * One chart over time as updates: the full chart of its first hour, then for each hour the bodies
 * whose longitude is another micro-degree than the hour before. Hour n has the revision n + 1.
 */
public final class SkyReplay {

  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final List<ChartUpdate> hours;

  SkyReplay(List<ChartUpdate> hours) {
    this.hours = List.copyOf(hours);
  }

  /** The number of hours, the first one included. */
  public int hours() {
    return hours.size();
  }

  /** The full chart of the first hour. */
  public ChartUpdate first() {
    return hours.get(0);
  }

  /** The full chart of an hour. */
  public ChartUpdate chart(int hour) {
    return hours.get(hour);
  }

  /** What moved since the hour before, as a partial update; hours count from 1 here. */
  public ChartUpdate move(int hour) {
    ChartUpdate before = hours.get(hour - 1);
    ChartUpdate now = hours.get(hour);
    ChartUpdate.Builder move =
        ChartUpdate.builder(now.chartId(), now.revision())
            .effectiveAt(now.effectiveAt())
            .partial(true);
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = now.position(slot);
      if (position != null && moved(before, slot, position)) {
        move.position(slot, position);
      }
    }
    return move.build();
  }

  /** The instant of an hour. */
  public Instant instant(int hour) {
    return Instant.ofEpochMilli(hours.get(hour).effectiveAt());
  }

  /** The hour whose update has this revision. */
  public int hourOf(long revision) {
    return Math.toIntExact(revision - first().revision());
  }

  /** The hour whose update has this revision, such as {@code 2026-01-31 17:00}. */
  String hour(long revision) {
    return WORDS.format(instant(hourOf(revision)));
  }

  private static boolean moved(ChartUpdate before, int slot, Position now) {
    Position then = before.position(slot);
    return then == null || then.longitude() != now.longitude();
  }
}
