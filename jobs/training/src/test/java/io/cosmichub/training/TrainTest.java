package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.Forest;
import io.cosmichub.model.GoldenPredictions;
import io.cosmichub.model.Verification;
import io.cosmichub.pair.Served;
import io.cosmichub.serving.Choice;
import io.cosmichub.serving.PairScorer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("any-jvm")
final class TrainTest {
  @TempDir private Path folder = Path.of("");
  private final StringWriter err = new StringWriter();

  @Test
  void aModelThatIsBetterIsWrittenAndPassesAJobsVerification() throws IOException {
    assertThat(
            run(
                "--data",
                "simulated",
                "--family",
                "strength",
                "--size",
                "1500",
                "--trainers",
                "linear"))
        .isZero();

    byte[] artifact = Files.readAllBytes(folder.resolve("model.pb"));
    String sha256 = Files.readString(folder.resolve("model.pb.sha256")).substring(0, 64);
    FeatureSchema schema = FeatureSchema.of(AspectPolicy.classic(), Set.of(FeatureGroup.CELLS));
    Verification.Accepted accepted =
        (Verification.Accepted) new ArtifactVerifier(schema).verify(artifact, sha256);
    assertThat(folder.resolve("model.golden.csv"))
        .hasContent(GoldenPredictions.csv(artifact, accepted.model()))
        .content()
        .hasLineCount(65);
    assertThat(folder.resolve("card.md"))
        .content()
        .contains("**Promotable", "Planted truth", "simulated", sha256);
    assertThat(folder.resolve("strengths.csv"))
        .content()
        .hasLineCount(1 + 55 * 7)
        .startsWith("body,other_body,aspect,felt,policy,model,sha256\nsun,sun,conjunction,");
    List<String> strengths = Files.readAllLines(folder.resolve("strengths.csv"));
    assertThat(strengths.subList(1, strengths.size()))
        .allMatch(each -> each.endsWith(",classic,linear," + sha256));
    FeltAspects.of(accepted.model(), schema)
        .forEach((cell, felt) -> assertThat(strength(strengths, cell)).as(cell).isEqualTo(felt));
    String file = folder.resolve("model.pb").toString();
    assertThat(
            Announce.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(file, "--bootstrap", "127.0.0.1:1"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("scores no pairs");
    assertThat(folder.resolve("calibration.svg")).exists();
    assertThat(folder.resolve("residuals.svg")).exists();
    assertThat(folder.resolve("importance.svg")).exists();
  }

  @Test
  void boostedTreesThatWinAreServedAsTreesPairByPair() throws IOException {
    assertThat(
            run(
                "--data",
                "simulated",
                "--family",
                "compatibility",
                "--size",
                "3000",
                "--trainers",
                "xgboost"))
        .isZero();

    byte[] artifact = Files.readAllBytes(folder.resolve("model.pb"));
    String sha256 = Files.readString(folder.resolve("model.pb.sha256")).substring(0, 64);
    FeatureSchema schema = FeatureSchema.ofLongitudes(AspectPolicy.classic());
    Verification.Accepted accepted =
        (Verification.Accepted) new ArtifactVerifier(schema).verify(artifact, sha256);
    assertThat(accepted.trainer()).isEqualTo("xgboost");
    assertThat(accepted.model()).isInstanceOf(Forest.class);
    assertThat(((Forest) accepted.model()).trees()).isEqualTo(600);
    assertThat(folder.resolve("card.md"))
        .content()
        .contains(
            "**Promotable",
            "| xgboost |",
            "- artifact: SHA-256 " + sha256 + ", " + artifact.length + " bytes",
            "eta=0.05",
            "maxDepth=2",
            "numTrees=600")
        .containsPattern("- trainer library: Tribuo \\d\\S+, XGBoost \\d\\S+\n")
        .containsPattern("- build: \\d+\\.\\d+\\.\\d+")
        .containsPattern("- rows SHA-256: [0-9a-f]{64}\n");
    Longitudes a = chart(1);
    Longitudes b = chart(2);
    PairRows rows = new PairRows(schema);
    AspectSet aspects = rows.aspects(a, b);
    float[] features = rows.featuresLater(aspects, a, b);
    rows.extract();
    double answer = accepted.model().predict(features, 0);
    assertThat(
            new PairScorer(schema)
                .score(new Choice("compatibility@1", accepted.model()), aspects, a, b))
        .isEqualTo(new Served("compatibility@1", answer, "", ""));
    assertThat(answer).isNotEqualTo(((Forest) accepted.model()).base());
  }

  @Test
  void allTrainersOfNumbersAreComparedAndTheOneThatErrsLeastIsJudged() throws IOException {
    int status = run("--data", "simulated", "--size", "400");

    String card = Files.readString(folder.resolve("card.md"));
    Map<String, Double> errors = new LinkedHashMap<>();
    // Trainer, rows, errors cross-validated, held out and absolute, R², calibration, µs, bytes.
    Matcher lines =
        Pattern.compile(
                "\\| (\\S+) \\| (\\d+) \\| (\\d\\.\\d{4})( \\| \\d\\.\\d{4}){2}( \\| -?\\d+\\.\\d{4}){2}"
                    + " \\| \\d+\\.\\d{4} \\| \\d{3,} \\|")
            .matcher(card);
    while (lines.find()) {
      errors.put(lines.group(1), Double.parseDouble(lines.group(3)));
    }
    assertThat(errors)
        .containsOnlyKeys("linear", "factorization-machine", "cart", "random-forest", "xgboost");
    String chosen = after(card, "- trainer: ");
    assertThat(errors).containsEntry(chosen, Collections.min(errors.values()));
    assertThat(card).contains(chosen + " was chosen by cross-validation and judged on ");
    Matcher gains =
        Pattern.compile("\\| (constant|rule-based score) \\| \\S+ \\| (\\S+) \\| \\S+ \\|")
            .matcher(card);
    List<Double> leastGains = gains.results().map(gain -> Double.valueOf(gain.group(2))).toList();
    assertThat(leastGains).hasSize(2);
    assertThat(status).isEqualTo(leastGains.stream().allMatch(gain -> gain > 0) ? 0 : 3);
    assertThat(Files.exists(folder.resolve("model.pb"))).isEqualTo(status == 0);
  }

  @Test
  void theRealCouplesAreRefusedAndAnEarlierModelIsTakenAway() throws IOException {
    Files.writeString(folder.resolve("model.pb"), "of an earlier run");
    Files.writeString(folder.resolve("model.golden.csv"), "of an earlier run");

    assertThat(run("--data", "couples")).isEqualTo(3);
    assertThat(folder.resolve("model.pb")).doesNotExist();
    assertThat(folder.resolve("model.golden.csv")).doesNotExist();
    assertThat(folder.resolve("card.md"))
        .content()
        .contains(
            "**Refused", "Labels are few and biased", "| logistic |", "none, for the gate refused")
        .as("enough is held out to judge by, so the gate has intervals")
        .containsPattern("\\| constant( \\| -?\\d\\.\\d{4}){3} \\|")
        .containsPattern("\\| rule-based score( \\| -?\\d\\.\\d{4}){3} \\|")
        .doesNotContain("too few to prove anything");
  }

  @Test
  void filesOfOnesOwnAreJoinedByTime() throws IOException {
    StringBuilder charts = new StringBuilder("chart_id,effective_at,sun,moon\n");
    StringBuilder pairs = new StringBuilder("pair_id,chart_a,chart_b\n");
    StringBuilder feedback = new StringBuilder("pair_id,value,at\n");
    for (int i = 0; i < 60; i++) {
      charts.append("a%d,2026-01-01T00:00:00Z,%d.5,1%n".formatted(i, i));
      charts.append("b%d,2026-01-01T00:00:00Z,%d.25,2%n".formatted(i, 3 * i));
      pairs.append("p%d,a%d,b%d%n".formatted(i, i, i));
      feedback.append("p%d,0.%d,2026-02-01T00:00:00Z%n".formatted(i, i % 10));
    }
    feedback.append("p0,0.5,2025-12-31T00:00:00Z\n");
    Path chartFile = Files.writeString(folder.resolve("charts.csv"), charts);
    Path pairFile = Files.writeString(folder.resolve("pairs.csv"), pairs);
    Path feedbackFile = Files.writeString(folder.resolve("feedback.csv"), feedback);

    assertThat(
            run(
                "--data", "files",
                "--trainers", "linear",
                "--charts", chartFile.toString(),
                "--pairs", pairFile.toString(),
                "--feedback", feedbackFile.toString()))
        .isEqualTo(3);
    assertThat(folder.resolve("card.md"))
        .content()
        .contains("1 rows of feedback were left out", "too few to prove anything");
  }

  @Test
  void whatIsWrongIsSaidAndNamesNoLongitude() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), "chart_id,sun\nx,411.25\n");

    assertThat(run("--data", "files", "--charts", bad.toString())).isEqualTo(2);
    assertThat(run("--data", "files", "--charts", "nowhere.csv", "--pairs", "p", "--feedback", "f"))
        .isEqualTo(2);
    assertThat(
            run("--data", "files", "--charts", bad.toString(), "--pairs", "p", "--feedback", "f"))
        .isEqualTo(2);
    assertThat(run("--data", "simulated", "--trainers", "oracle")).isEqualTo(2);
    assertThat(run("--data", "simulated", "--trainers", "logistic")).isEqualTo(2);
    assertThat(run("--data", "simulated", "--size", "3", "--trainers", "linear")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--data files needs --pairs FILE",
            "there is no file nowhere.csv",
            "line 2: has no longitude from 0 to 360 in sun",
            "there is no trainer 'oracle'",
            "logistic needs labels that are 0 or 1",
            "too few")
        .doesNotContain("411.25");
  }

  @Test
  void anExperimentIsPlanned() {
    CommandLine plan = ExperimentPlan.commandLine().setErr(new PrintWriter(err, true));

    assertThat(plan.execute("--effect", "0.02", "--deviation", "0.25", "--units-per-day", "100"))
        .isZero();
    assertThat(plan.execute("--effect", "-1", "--deviation", "0.25")).isEqualTo(2);
    assertThat(err.toString()).contains("effect -1.0, not above 0");
  }

  @Test
  void experimentsAreSimulated() {
    CommandLine simulate = ExperimentSimulation.commandLine().setErr(new PrintWriter(err, true));

    assertThat(simulate.execute("--runs", "20", "--units", "100")).isZero();
    assertThat(simulate.execute("--runs", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--runs and --units are 1 or more");
  }

  private static Longitudes chart(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] slots = new int[Body.COUNT];
    Arrays.setAll(
        slots, slot -> slot < 10 ? random.nextInt(MicroDegrees.CIRCLE) : MicroDegrees.ABSENT);
    return Longitudes.of(slots);
  }

  private static String after(String card, String key) {
    return card.lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .findAny()
        .orElseThrow();
  }

  /** What the table says of an aspect, such as {@code cell.sun-moon.trine}. */
  private static double strength(List<String> strengths, String cell) {
    String line = cell.replaceFirst("cell.", "").replaceAll("[-.]", ",") + ",";
    return strengths.stream()
        .filter(each -> each.startsWith(line))
        .mapToDouble(
            each -> Double.parseDouble(each.substring(line.length()).replaceFirst(",.*", "")))
        .findAny()
        .orElseThrow();
  }

  private int run(String... options) {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "--out";
    all[options.length + 1] = folder.toString();
    return Train.commandLine().setErr(new PrintWriter(err, true)).execute(all);
  }
}
