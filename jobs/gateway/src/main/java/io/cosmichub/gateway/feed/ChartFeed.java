package io.cosmichub.gateway.feed;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.PairWatchDecoder;
import io.cosmichub.contracts.Topics;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.topics.KafkaRecords;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads where charts stand and which pairs are watched: the inputs of the pipeline from their
 * beginning. What the pipeline refuses is passed over here.
 */
final class ChartFeed implements Feed.Reader {
  /** How far ahead a chart may lie is the pipeline's business. */
  private static final long ANY_TIME = Long.MAX_VALUE / 4;

  private final Hub hub;
  private final ChartUpdateDecoder charts;
  private final PairWatchDecoder watches = new PairWatchDecoder();

  ChartFeed(Hub hub, Clock clock) {
    this.hub = hub;
    this.charts = new ChartUpdateDecoder(ANY_TIME, clock);
  }

  @Override
  public void start(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> read =
        KafkaClients.partitions(
            consumer, List.of(Topics.CHART_UPDATES, Topics.CHART_MOVES, Topics.PAIR_WATCHES));
    consumer.assign(read);
    consumer.seekToBeginning(read);
  }

  @Override
  public void read(ConsumerRecord<byte[], byte[]> record) {
    InputRecord input = KafkaRecords.input(record);
    if (record.topic().equals(Topics.PAIR_WATCHES)) {
      watch(watches.decode(input));
    } else {
      chart(charts.decode(input));
    }
  }

  private void chart(Decoded<ChartUpdate> decoded) {
    if (decoded instanceof Decoded.Value<ChartUpdate> value) {
      if (hub.charts().apply(value.value())) {
        hub.chartChanged(value.value().chartId());
      }
    } else if (decoded instanceof Decoded.Erase<ChartUpdate> erase) {
      hub.charts().erase(erase.key());
      hub.chartChanged(erase.key());
    }
  }

  private void watch(Decoded<PairWatch> decoded) {
    if (decoded instanceof Decoded.Value<PairWatch> value) {
      hub.watched(value.value());
    } else if (decoded instanceof Decoded.Erase<PairWatch> erase) {
      hub.directory().remove(erase.key());
    }
  }
}
