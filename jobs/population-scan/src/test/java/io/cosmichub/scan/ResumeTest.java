package io.cosmichub.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResumeTest {

  private static final List<Longitudes> CHARTS = Given.charts(800, 3);
  private static final List<String> FILES =
      List.of(
          "matches.jsonl",
          "distribution.jsonl",
          "prevalence.jsonl",
          "patterns.jsonl",
          "shapes.jsonl");

  @TempDir Path directory;

  @Test
  void aScanThatWasKilledGoesOnAndEndsAsIfItHadNotBeen() throws Exception {
    Path charts = Given.csv(directory.resolve("charts.csv"), CHARTS);
    Path out = directory.resolve("killed");
    Process child = start(charts, out);
    try {
      while (blocks(out).size() < 2) {
        assertThat(child.isAlive()).as("the scan is not yet over").isTrue();
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    List<Path> finished = blocks(out);
    assertThat(out.resolve("report.html")).doesNotExist();
    tear(finished.get(0));

    Given.Run resumed =
        Given.scan("--charts", charts, "--out", out, "--sample", 500, "--kernel", "reference");
    Path whole = directory.resolve("whole");
    Given.Run atOnce =
        Given.scan("--charts", charts, "--out", whole, "--sample", 500, "--kernel", "reference");

    assertThat(resumed.exit()).as(resumed.said()).isZero();
    assertThat(atOnce.exit()).as(atOnce.said()).isZero();
    assertThat(resumed.said()).contains("pairs were done before");
    assertThat(atOnce.said()).doesNotContain("pairs were done before");
    for (String file : FILES) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(shown(out)).isEqualTo(shown(whole));
  }

  @Test
  void thatAKernelWasFoundWrongIsSaidAlsoByTheRunThatGoesOn() throws IOException {
    Path out = directory.resolve("out");
    List<Longitudes> charts = Given.charts(20, 1);
    BlockFolder blocks =
        new BlockFolder(out.resolve("blocks"), ScanPlan.of(20, 10), AspectPolicy.classic());
    blocks.open(charts);
    blocks.mistrust(0, 2);
    blocks.mistrustFigures(3);
    Path csv = Given.csv(directory.resolve("charts.csv"), charts);

    Given.Run resumed = Given.scan("--charts", csv, "--out", out);
    Given.Run again = Given.scan("--charts", csv, "--out", out);

    assertThat(resumed.exit()).as(resumed.said()).isEqualTo(3);
    assertThat(resumed.said()).contains("WARNING: the kernel was wrong for 5 ");
    assertThat(out.resolve("report.html")).exists();
    assertThat(again.exit()).as(again.said()).isZero();
  }

  @Test
  void theBlocksOfOtherChartsAreRefused() throws IOException {
    Path out = directory.resolve("out");
    ScanPlan plan = ScanPlan.of(20, 10);
    new BlockFolder(out.resolve("blocks"), plan, AspectPolicy.classic()).open(Given.charts(20, 1));

    Given.Run run =
        Given.scan(
            "--charts",
            Given.csv(directory.resolve("other.csv"), Given.charts(20, 2)),
            "--out",
            out);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.said()).contains("holds the blocks of another scan");
  }

  @Test
  void blocksCoverEveryPairOnce() {
    for (int charts = 2; charts < 40; charts++) {
      for (int side = 1; side < 12; side++) {
        ScanPlan plan = new ScanPlan(charts, side, 1);
        int[][] seen = new int[charts][charts];
        long pairs = 0;
        for (int number = 0; number < plan.blocks(); number++) {
          ScanPlan.Block block = plan.block(number);
          pairs += block.pairs();
          for (int a = block.fromRow(); a < block.toRow(); a++) {
            for (int b = Math.max(a + 1, block.fromColumn()); b < block.toColumn(); b++) {
              seen[a][b]++;
            }
          }
        }
        for (int a = 0; a < charts; a++) {
          for (int b = a + 1; b < charts; b++) {
            assertThat(seen[a][b]).isEqualTo(1);
          }
        }
        assertThat(pairs).isEqualTo(plan.pairs());
      }
    }
  }

  /** In a JVM of its own, with the slowest kernel. */
  private Process start(Path charts, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("..", "..", "deploy", "jvm.options"));
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(PopulationScan.class.getName());
    command.addAll(
        List.of(
            "--charts",
            charts.toString(),
            "--out",
            out.toString(),
            "--kernel",
            "reference",
            "--parallelism",
            "1"));
    File log = directory.resolve("child.log").toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  private static List<Path> blocks(Path out) throws IOException {
    Path folder = out.resolve("blocks");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches("block-\\d+")).toList();
    }
  }

  /** The report without what the run took. */
  private static String shown(Path out) throws IOException {
    String page = Files.readString(out.resolve("report.html"));
    return page.substring(0, page.indexOf("<h2>What it took</h2>"));
  }

  /** As a disk that ran full would leave it. */
  private static void tear(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) / 2);
    }
  }
}
