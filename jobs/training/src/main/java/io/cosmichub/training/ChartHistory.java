package io.cosmichub.training;

import io.cosmichub.chart.Longitudes;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every version of every chart, to be asked what was known at a moment. */
final class ChartHistory {
  private final Map<String, NavigableMap<Long, Longitudes>> versions = new HashMap<>();

  /** Adds a version that holds from a moment on. */
  void add(String chartId, long effectiveAt, Longitudes longitudes) {
    versions.computeIfAbsent(chartId, id -> new TreeMap<>()).put(effectiveAt, longitudes);
  }

  /** The version that held at a moment, or null if none did yet: never a later one. */
  @Nullable Longitudes at(String chartId, long moment) {
    NavigableMap<Long, Longitudes> chart = versions.get(chartId);
    Map.Entry<Long, Longitudes> entry = chart == null ? null : chart.floorEntry(moment);
    return entry == null ? null : entry.getValue();
  }

  int charts() {
    return versions.size();
  }
}
