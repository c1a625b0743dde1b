package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.TopicCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kcat lines of the guide for producers, run as they stand but for the address, against the
 * pipeline at work.
 */
final class ProducerGuideIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ADDRESS = "localhost:9092";
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^```(?:sh|bash|shell|console)\\n(.*?)^```$");

  @RegisterExtension private static final Stage stage = new Stage();

  private final Path directory;

  ProducerGuideIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void everyTopicHasALineThatWorks() throws Exception {
    assertThat(commandExists("kcat"))
        .as("kcat is on the path (Debian: apt-get install kcat)")
        .isTrue();
    List<String> blocks = blocks(stage.bootstrapServers());
    List<String> produce = blocks.stream().filter(block -> block.contains(" -P")).toList();
    List<String> consume = blocks.stream().filter(block -> block.contains(" -C")).toList();
    for (TopicCatalog.Entry topic : TopicCatalog.load()) {
      if (topic.topic().startsWith(PopulationIT.TOPICS)) {
        continue; // docs/population.md has those, and PopulationIT runs them.
      }
      assertThat(topic.direction() == TopicCatalog.Direction.IN ? produce : consume)
          .as("a kcat line for " + topic.topic())
          .anyMatch(block -> block.contains(topic.topic()));
    }

    try (Outputs out = stage.outputsAndDeadLetters();
        Cluster.Job job = stage.submit(Format.JSON)) {
      // What is served first, so that whoever comes is scored so.
      List<String> inOrder = new ArrayList<>(produce);
      inOrder.sort(Comparator.comparing((String block) -> !block.contains(Inputs.CONTROL)));
      boolean served = false;
      for (String block : inOrder) {
        if (!served && !block.contains(Inputs.CONTROL)) {
          served = true;
          Await.until("both subtasks know the flag and the experiment", LIMIT, () -> told() == 4);
        }
        Child.run(
            List.of("bash", "-euo", "pipefail", "-c", block),
            Checkout.root(),
            Map.of(),
            file("produce"),
            LIMIT);
      }
      Await.until(
          "the fate of every record",
          LIMIT,
          () ->
              stage.accounting().read() > 0
                  && stage.accounting().accounted() == stage.accounting().read(),
          () -> stage.accounting().toString());
      out.await("an exposure", LIMIT, () -> !out.all(Outputs.EXPOSURES).isEmpty());
      for (String topic : Outputs.SYNASTRY) {
        out.await("a record on " + topic, LIMIT, () -> !out.all(topic).isEmpty());
      }
      for (String topic : Inputs.TOPICS) {
        out.await(
            "the dead letter that the guide sends to " + topic,
            LIMIT,
            () -> out.all(topic + ".dlq").size() == 1);
      }
      for (String block : consume) {
        assertShowsRecords(block);
      }
      assertThat(job.restarts()).isZero();
    }
  }

  private static long told() {
    return (long)
        stage.metrics().ending("_cosmichub_serving_changes").stream()
            .mapToDouble(Metrics.Sample::value)
            .sum();
  }

  /** A consumer may end by itself or wait for more; either way it shows something. */
  private void assertShowsRecords(String block) {
    try (Child child =
        Child.start(
            List.of("bash", "-euo", "pipefail", "-c", block),
            Checkout.root(),
            Map.of(),
            file("consume"))) {
      Await.until(
          "output of " + block, LIMIT, () -> child.output().contains("{") || !child.running());
      assertThat(child.output()).as(block).contains("{");
    }
  }

  private static List<String> blocks(String bootstrapServers) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(Checkout.file("docs/producers.md")));
    while (matcher.find()) {
      if (matcher.group(1).contains("kcat ")) {
        assertThat(matcher.group(1)).contains(ADDRESS);
        blocks.add(matcher.group(1).replace(ADDRESS, bootstrapServers));
      }
    }
    return blocks;
  }

  private Path file(String name) {
    return directory.resolve(name + ".txt");
  }

  private static boolean commandExists(String command) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, command))) {
        return true;
      }
    }
    return false;
  }
}
