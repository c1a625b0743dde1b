package io.cosmichub.training;

import io.cosmichub.experiment.Interval;
import io.cosmichub.feature.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What a reader must know of a model, or of why there is none; Markdown and its plots. */
final class ModelCard {
  private static final int POINTS = 10;
  private static final int MOST_IMPORTANT = 15;
  private static final int BINS = 24;

  private final String family;
  private final TrainingResult result;
  private final StringBuilder text = new StringBuilder();

  ModelCard(String family, TrainingResult result) {
    this.family = family;
    this.result = result;
  }

  /** The plots by file name. */
  Map<String, String> plots() {
    double[] predictions = result.predictions();
    double[] residuals = new double[predictions.length];
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] = result.split().heldOut().get(i).label() - predictions[i];
    }
    return Map.of(
        "calibration.svg", Svg.calibration(calibration()),
        "residuals.svg", Svg.residuals(residuals, BINS),
        "importance.svg", Svg.importance(mostImportant()));
  }

  /** The card; {@code artifact} is null if there is none. */
  String markdown(byte @Nullable [] artifact) {
    TrainingSet data = result.data();
    line("# Model card: %s, %s", family, data.name());
    line("");
    line(
        "**%s: %s.**",
        result.gate().promotable() ? "Promotable" : "Refused", result.gate().reason());
    line("");
    line("%s Label: %s.", data.description(), data.label());
    data.caveats().forEach(caveat -> line("%n> %s", caveat));
    gate();
    truth();
    table();
    outcomes();
    line("%n## Plots%n");
    line("![Calibration](calibration.svg)");
    line("![Residuals](residuals.svg)");
    line("![Importance](importance.svg)");
    felt();
    line("%n## Provenance%n");
    provenance().forEach((key, value) -> line("- %s: %s", key, value));
    line(
        "- artifact: %s",
        artifact == null
            ? "none, for the gate refused"
            : "SHA-256 " + Sha256.of(artifact) + ", " + artifact.length + " bytes");
    return text.toString();
  }

  /** How the model came to be. */
  Map<String, String> provenance() {
    PairSplit split = result.split();
    TrainedModel trained = result.chosen().trained();
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("data", result.data().name());
    provenance.put("rows", Integer.toString(result.data().rows().size()));
    provenance.put("rows SHA-256", result.data().hash());
    provenance.put("rows to train on", Integer.toString(split.train().size()));
    provenance.put("rows trained on", Integer.toString(trained.rows()));
    provenance.put("rows held out", Integer.toString(split.heldOut().size()));
    provenance.put("rows in neither part", Integer.toString(split.left()));
    provenance.put("seed", Long.toString(result.seed()));
    provenance.put("schema", result.data().schema().hash());
    provenance.put("policy", result.data().schema().policy().id());
    provenance.put("trainer", trained.candidate().id());
    provenance.put("trainer settings", TrainerSettings.of(trained.tribuo()));
    provenance.put("trainer library", Versions.trainerLibrary(trained.candidate()));
    provenance.put("build", Versions.build());
    return provenance;
  }

  private void gate() {
    line("%n## Gate%n");
    line(
        "%s was chosen by cross-validation and judged on %d held-out rows of %d groups that it never saw.",
        result.chosen().trained().candidate().id(),
        result.split().heldOut().size(),
        result.split().heldOut().stream().map(LabelledPair::group).distinct().count());
    line("By how much its mean squared error is smaller, with 95 %% intervals:%n");
    line("| baseline | smaller by | from | to |");
    line("|---|---|---|---|");
    interval("constant", result.gate().overConstant());
    interval("rule-based score", result.gate().overRules());
  }

  private void interval(String baseline, Interval interval) {
    line(
        "| %s | %s | %s | %s |",
        baseline, number(interval.estimate()), number(interval.low()), number(interval.high()));
  }

  private void truth() {
    if (result.data().planted().isEmpty()) {
      return;
    }
    double ceiling = result.ceiling();
    double r2 = result.chosen().heldOut().r2();
    line("%n## Planted truth%n");
    line(
        "The noise allows an R² of %s; the model has %s, %.0f %% of it.%n",
        number(ceiling), number(r2), 100 * r2 / ceiling);
    Map<String, Double> felt = felt(result);
    line("| aspect | planted | learned |");
    line("|---|---|---|");
    result.data().planted().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            planted ->
                line(
                    "| %s | %s | %s |",
                    planted.getKey(),
                    number(planted.getValue()),
                    number(felt.getOrDefault(planted.getKey(), Double.NaN))));
  }

  private void table() {
    line("%n## Candidates%n");
    line(
        "Only the chosen one is judged by the gate; the others' held-out figures are for comparison."
            + " Of %d rows to train on, a trainer that would take too long with all has a part, drawn"
            + " by the seed. An artifact holds the model as Tribuo writes it, and as arrays.%n",
        result.split().train().size());
    line(
        "| trainer | rows | RMSE, cross-validated | RMSE, held out | MAE | R² | calibration slope | µs a row, roughly | bytes, as Tribuo writes it |");
    line("|---|---|---|---|---|---|---|---|---|");
    for (TrainingResult.Line candidate : result.lines()) {
      Metrics metrics = candidate.heldOut();
      line(
          "| %s | %d | %s | %s | %s | %s | %s | %s | %d |",
          candidate.trained().candidate().id(),
          candidate.trained().rows(),
          number(candidate.crossValidated()),
          number(metrics.rmse()),
          number(metrics.mae()),
          number(metrics.r2()),
          number(metrics.calibration()),
          number(candidate.microseconds()),
          candidate.bytes());
    }
    baseline("constant", row -> result.baselines().constant());
    baseline("rule-based score", result.baselines()::ofRules);
  }

  private void baseline(String name, ToDoubleFunction<LabelledPair> predict) {
    List<LabelledPair> heldOut = result.split().heldOut();
    Metrics metrics = Metrics.of(heldOut, heldOut.stream().mapToDouble(predict).toArray());
    line(
        "| %s (baseline) | | | %s | %s | %s | %s | | |",
        name,
        number(metrics.rmse()),
        number(metrics.mae()),
        number(metrics.r2()),
        number(metrics.calibration()));
  }

  private void outcomes() {
    if (!result.data().isOfOutcomes()) {
      return;
    }
    List<LabelledPair> heldOut = result.split().heldOut();
    line("%n## Predictions as probabilities%n");
    line(
        "Every label is 0 or 1, so the squared error is the Brier score; the area under the curve (AUC) is how"
            + " often a row of label 1 is predicted higher than one of label 0, and 0.5 is chance.%n");
    line("| trainer | Brier score, held out | AUC, held out |");
    line("|---|---|---|");
    for (TrainingResult.Line candidate : result.lines()) {
      double[] predictions = TrainingRun.predictions(candidate.trained().model(), heldOut);
      line(
          "| %s | %s | %s |",
          candidate.trained().candidate().id(),
          number(candidate.heldOut().rmse() * candidate.heldOut().rmse()),
          number(Metrics.auc(heldOut, predictions)));
    }
  }

  private void felt() {
    line("%n## How strongly an exact aspect is felt%n");
    line(
        "The prediction for a pair with that one aspect, exact, less the prediction for a pair without any;"
            + " the ten largest.%n");
    line("| aspect | felt |");
    line("|---|---|");
    felt(result).entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -Math.abs(entry.getValue())))
        .limit(10)
        .forEach(entry -> line("| %s | %s |", entry.getKey(), number(entry.getValue())));
  }

  private static Map<String, Double> felt(TrainingResult result) {
    return FeltAspects.of(result.chosen().trained().model(), result.data().schema());
  }

  private List<Importance> mostImportant() {
    return result.importance().subList(0, Math.min(MOST_IMPORTANT, result.importance().size()));
  }

  // Rows in the order of their predictions, in parts of the same size.
  private List<double[]> calibration() {
    double[] predictions = result.predictions();
    Integer[] order = new Integer[predictions.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> predictions[i]));
    List<double[]> points = new ArrayList<>();
    int parts = Math.min(POINTS, order.length);
    for (int part = 0; part < parts; part++) {
      int from = order.length * part / parts;
      int to = order.length * (part + 1) / parts;
      double prediction = 0;
      double label = 0;
      for (int i = from; i < to; i++) {
        prediction += predictions[order[i]];
        label += result.split().heldOut().get(order[i]).label();
      }
      points.add(new double[] {prediction / (to - from), label / (to - from)});
    }
    return points;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "unknown";
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
