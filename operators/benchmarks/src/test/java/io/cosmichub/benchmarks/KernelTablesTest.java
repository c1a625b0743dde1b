package io.cosmichub.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of a small run whose figures are made up. */
final class KernelTablesTest {

  private KernelResults results = new KernelResults(Map.of(), "", List.of(), List.of());

  @BeforeEach
  void read() throws IOException, URISyntaxException {
    results =
        KernelResults.read(
            Path.of(Objects.requireNonNull(getClass().getResource("results.json")).toURI()));
  }

  @Test
  void aFigureIsHeldAgainstTheReferenceOfTheSameJavaBatchAndBodies() {
    assertThat(column(new KernelTables(results).figures(), "× reference"))
        .containsExactly(
            "", "3.00", "", "", "8.00", "9.00", "", "", "", "", "", "50.0", "200.0", "30.0",
            "60.0");
  }

  @Test
  void threadsAreHeldAgainstOne() {
    String figures = new KernelTables(results).figures();
    assertThat(column(figures, "× 1 thread"))
        .filteredOn(times -> !times.isEmpty())
        .containsExactly("1.50");
    assertThat(column(figures, "M pairs/s").get(9)).isEqualTo("60.0");
    assertThat(column(figures, "a thread").get(9)).isEqualTo("30.0");
  }

  @Test
  void whatWasNotMeasuredIsLeftEmpty() {
    String figures = new KernelTables(results).figures();
    assertThat(column(figures, "q3−q1").subList(0, 2)).containsExactly("", "0.25");
    assertThat(column(figures, "B/pair").subList(0, 2)).containsExactly("", "1.50");
  }

  @Test
  void pythonIsBesideTheVectorKernelOnTheSameBatchOrChartsAndBesideWhatKeepsTheBest() {
    String python = new KernelTables(results).python();
    assertThat(column(python, "beside"))
        .containsExactly(
            "NumPy float32",
            "NumPy float32",
            "NumPy float32",
            "NumPy float32",
            "product",
            "product");
    assertThat(column(python, "vector, of"))
        .containsExactly(
            "100 pairs", "10000 charts", "10000 charts", "4096 charts", "100 pairs", "100 pairs");
    assertThat(column(python, "its M pairs/s"))
        .containsExactly("2.00", "2.50", "2.50", "2.50", "0.0250", "20.0");
    assertThat(column(python, "times"))
        .containsExactly("25.0", "20.0", "80.0", "24.0", "2000.0", "1.50");
    assertThat(column(python, "wanted"))
        .containsExactly("", "", "", "", "≥ 2.00: reached", "≥ 2.00: missed");
  }

  @Test
  void memoryIsHeldAgainstTheProductsDenseFormWhereThatIsKnown() {
    String memory = new KernelTables(results).memory();
    assertThat(column(memory, "of the product's")).containsExactly("", "10.8 %", "50.1 %");
    assertThat(column(memory, "of dense")).containsExactly("40.0 %", "36.9 %", "62.6 %");
    assertThat(column(memory, "wanted of the product's"))
        .containsExactly("", "≤ 50.0 %: reached", "≤ 50.0 %: missed");
  }

  @Test
  void thePageSaysWhereAndHowAndShowsAllTables() {
    KernelTables tables = new KernelTables(results);
    assertThat(tables.page())
        .startsWith("- processor: one that was never built\n- processors: 2\n\nA row is made up.")
        .contains(tables.figures(), tables.python(), tables.memory());
  }

  @Test
  void thePageSaysTheCommandWithoutThePlacesOfFiles() {
    KernelResults measured =
        new KernelResults(
            Map.of("command", KernelReport.command(true, true)), "", List.of(), List.of());
    assertThat(new KernelTables(measured).page())
        .startsWith("- command: `./run bench kernels --quick --product DIR`\n");
    assertThat(KernelReport.command(false, false)).isEqualTo("`./run bench kernels`");
  }

  @Test
  void whatIsWrittenCanBeShownAgain(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("again.json");
    results.write(file);
    assertThat(KernelResults.read(file)).isEqualTo(results);
  }

  @Test
  void thePlotHasABarForEachFigureThatItShows() {
    String svg = KernelPlot.svg("a title", results.figures());
    assertThat(svg).startsWith("<svg ").contains("a title", "2 threads").endsWith("</svg>\n");
    long shown =
        results.figures().stream()
            .filter(figure -> figure.operation().ofAllPairs() || figure.size() == KernelGrid.SHARED)
            .count();
    assertThat(svg.lines().filter(line -> line.contains("height=\"14\""))).hasSize((int) shown);
  }

  /** The cells below a title. */
  private static List<String> column(String table, String title) {
    List<List<String>> lines =
        table
            .lines()
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .toList();
    int at = lines.get(0).indexOf(title);
    return lines.stream().skip(2).map(line -> line.get(at)).toList();
  }
}
