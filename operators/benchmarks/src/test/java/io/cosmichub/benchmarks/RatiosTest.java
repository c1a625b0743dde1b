package io.cosmichub.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RatiosTest {

  private static Figure figure(
      String operation, String kernel, String runtime, String size, int threads, double perSecond) {
    return new Figure(operation, kernel, runtime, size, threads, perSecond, null, null);
  }

  @Test
  void likeIsComparedWithLike() {
    String table =
        Ratios.table(
            List.of(
                figure("scores", "reference", "Java 17", "batches of 16", 1, 2e6),
                figure("scores", "vector", "Java 17", "batches of 16", 1, 6e6),
                figure("scores", "reference", "Java 25", "batches of 16", 1, 1e6),
                figure("scores", "vector", "Java 25", "batches of 16", 1, 9e6)));

    assertThat(table.lines().skip(2).map(RatiosTest::times)).containsExactly("3.0", "9.0");
  }

  @Test
  void threadsAreComparedWithOneAndAllAgainstAllWithPython() {
    String all = "all against all, 10 best";
    String table =
        Ratios.table(
            List.of(
                figure(all, "reference", "Java 25", "1000 charts", 1, 1e6),
                figure(all, "vector", "Java 25", "10000 charts", 1, 50e6),
                figure(all, "vector", "Java 25", "10000 charts", 2, 95e6),
                figure("all against all, scores only", "NumPy", "Python", "9 charts", 1, 2e6)));

    assertThat(table.lines().skip(2).map(RatiosTest::times)).containsExactly("50.0", "25.0", "1.9");
    assertThat(table).contains("vector / NumPy").contains("2 threads / 1");
  }

  @Test
  void theBestAloneAreComparedWithTheWholeRankingOnAsManyThreads() {
    String table =
        Ratios.table(
            List.of(
                figure(Measurement.RANKING, "vector", "Java 25", "10000 charts", 1, 50e6),
                figure(Measurement.BEST, "vector", "Java 25", "10000 charts", 1, 200e6),
                figure(Measurement.RANKING, "vector", "Java 25", "10000 charts", 2, 100e6),
                figure(Measurement.BEST, "vector", "Java 25", "10000 charts", 2, 300e6)));

    assertThat(table.lines().skip(2).map(RatiosTest::times))
        .containsExactly("4.0", "2.0", "3.0", "1.5");
    assertThat(table).contains("best only / with the rest");
  }

  private static String times(String row) {
    String[] columns = row.split("\\|", -1);
    return columns[columns.length - 2].strip();
  }
}
