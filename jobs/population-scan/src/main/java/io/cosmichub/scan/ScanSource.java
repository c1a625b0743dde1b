package io.cosmichub.scan;

import io.cosmichub.contracts.Topics;
import io.cosmichub.topics.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** Where a scan has its charts from: files, or the topic of full charts if there are none. */
final class ScanSource {

  private final List<Path> files;
  private final Properties clients;
  private final Path blocks;

  /** {@code clients} are the properties of Kafka's clients; {@code blocks} the folder of blocks. */
  ScanSource(List<Path> files, Properties clients, Path blocks) {
    this.files = List.copyOf(files);
    this.clients = clients;
    this.blocks = blocks;
  }

  /** The charts; of a topic those that were kept, if a scan was broken off here. */
  ScanCharts read(Clock clock) throws IOException {
    if (!files.isEmpty()) {
      return ScanCharts.read(files, clock.millis());
    }
    if (ChartSnapshot.exists(blocks)) {
      return ChartSnapshot.read(blocks);
    }
    try (TopicReader reader = new TopicReader(clients)) {
      return ChartTopic.read(reader, clock);
    }
  }

  /** Keeps the charts of a topic beside the blocks; false if they were kept before. */
  boolean keep(ScanCharts read) throws IOException {
    Files.createDirectories(blocks);
    if (files.isEmpty()) {
      if (ChartSnapshot.exists(blocks)) {
        return false;
      }
      ChartSnapshot.write(blocks, read);
    }
    return true;
  }

  /** The files or the topic. */
  String name() {
    return files.isEmpty()
        ? Topics.CHART_UPDATES
        : files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
