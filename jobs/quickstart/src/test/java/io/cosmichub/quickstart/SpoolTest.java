package io.cosmichub.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {

  @TempDir Path folder;

  @Test
  void linesOfAllWritersAreSortedByKeyAndKeepTheirOrderWithinOne() throws Exception {
    try (Spool.Writer one = Spool.Writer.create(folder, "pairs-0");
        Spool.Writer two = Spool.Writer.create(folder, "pairs-1")) {
      write(one, ResultFile.DELTAS, "b", "b first");
      write(two, ResultFile.DELTAS, "ä", "after ascii");
      write(two, ResultFile.DELTAS, "a", "a");
      write(one, ResultFile.SCORES, "b", "a score");
      write(one, ResultFile.DELTAS, "b", "b second");
      write(two, ResultFile.DELTAS, "", "no key");
      write(two, ResultFile.DELTAS, "aa", "");
    }
    try (Spool spool = Spool.open(folder)) {
      assertThat(spool.lines(ResultFile.DELTAS)).isEqualTo(6);
      assertThat(spool.lines(ResultFile.ASPECTS)).isZero();
      for (ResultFile file : ResultFile.values()) {
        spool.writeSorted(file, folder);
      }
    }
    assertThat(Files.readAllLines(folder.resolve("deltas.jsonl")))
        .containsExactly("no key", "a", "", "b first", "b second", "after ascii");
    assertThat(Files.readAllLines(folder.resolve("scores.jsonl"))).containsExactly("a score");
    assertThat(folder.resolve("aspects.jsonl")).isEmptyFile();
  }

  private static void write(Spool.Writer spool, ResultFile file, String key, String line)
      throws Exception {
    spool.write(file, key.getBytes(UTF_8), line.getBytes(UTF_8));
  }
}
