package io.cosmichub.scan;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.topics.TopicReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The charts that stand on the topic of full charts: of each the highest revision, and none that
 * was erased since.
 */
final class ChartTopic {

  /** As far ahead as the pipeline takes by default. */
  private static final Duration MAX_AHEAD = Duration.ofDays(1);

  private final ChartUpdateDecoder decoder;
  private final Map<String, Standing> standing = new TreeMap<>();
  private final List<ScanCharts.LeftOut> leftOut = new ArrayList<>();

  private ChartTopic(Clock clock) {
    this.decoder = new ChartUpdateDecoder(MAX_AHEAD.toMillis(), clock);
  }

  /** What a chart is so far, and which record said so. */
  private record Standing(long revision, Longitudes longitudes, int partition, long offset) {}

  /** Reads them, ordered by id, so that the same topic gives the same numbers. */
  static ScanCharts read(TopicReader reader, Clock clock) {
    ChartTopic topic = new ChartTopic(clock);
    long at = clock.millis();
    reader.read(List.of(Topics.CHART_UPDATES), topic::take);
    return topic.charts(at);
  }

  private void take(InputRecord record) {
    Decoded<ChartUpdate> decoded = decoder.decode(record);
    if (decoded instanceof Decoded.Malformed<ChartUpdate> malformed) {
      leaveOut(record.partition(), record.offset(), malformed.code() + ": " + malformed.reason());
    } else if (decoded instanceof Decoded.Erase<ChartUpdate> erase) {
      standing.remove(erase.key());
    } else if (decoded instanceof Decoded.Value<ChartUpdate> value) {
      take(record, value.value());
    }
  }

  private void take(InputRecord record, ChartUpdate update) {
    Standing known = standing.get(update.chartId());
    Longitudes longitudes = longitudes(update);
    if (known == null || update.revision() > known.revision()) {
      standing.put(
          update.chartId(),
          new Standing(update.revision(), longitudes, record.partition(), record.offset()));
    } else if (update.revision() == known.revision() && !longitudes.equals(known.longitudes())) {
      leaveOut(
          record.partition(),
          record.offset(),
          DeadLetterCode.REVISION_CONFLICT + ": " + DeadLetterCode.REVISION_CONFLICT.description());
    }
  }

  private ScanCharts charts(long at) {
    List<String> ids = new ArrayList<>();
    List<Longitudes> longitudes = new ArrayList<>();
    standing.forEach(
        (id, chart) -> {
          if (chart.longitudes().presentMask() == 0) {
            leaveOut(chart.partition(), chart.offset(), "there is no body");
          } else {
            ids.add(id);
            longitudes.add(chart.longitudes());
          }
        });
    return new ScanCharts(at, List.copyOf(ids), List.copyOf(longitudes), List.copyOf(leftOut));
  }

  private void leaveOut(int partition, long offset, String why) {
    leftOut.add(
        new ScanCharts.LeftOut(Topics.CHART_UPDATES + "-" + partition, "offset", offset, why));
  }

  private static Longitudes longitudes(ChartUpdate update) {
    Longitudes longitudes = Longitudes.NONE;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = update.position(slot);
      if (position != null) {
        longitudes = longitudes.with(slot, position.longitude());
      }
    }
    return longitudes;
  }
}
