package io.cosmichub.training;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.topics.TopicException;
import io.cosmichub.topics.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run train}: trains, compares and judges models. Exits with 0 if a model may be shipped,
 * 3 if the gate refused, 1 if something failed, 2 if the request was not as it must be.
 */
@Command(
    name = "./run train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains models on pairs and what people said of them, chooses one by cross-validation, and"
          + " judges it",
      "on held-out pairs against a constant and the rule-based score. Writes card.md and its plots;"
          + " writes",
      "model.pb and model.pb.sha256 only if the model is better than both."
    },
    footer = {
      "",
      "Exit status: 0 a model may be shipped, 3 the gate refused, 2 a wrong option or file, 1 a"
          + " failure.",
      "",
      "Columns of charts: chart_id, the longitude of each body in degrees (sun moon …),"
          + " effective_at (a moment",
      "such as 2026-01-01T00:00:00Z; a chart may have many rows). Of pairs: pair_id, chart_a,"
          + " chart_b. Of",
      "feedback: pair_id, value, at. Feedback meets the charts that were in effect when it was"
          + " given. Files",
      "may be gzipped. Topics are the pipeline's own: charts, moves, watches and feedback."
    })
public final class Train implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int REFUSED = 3;

  /** Which rows. */
  enum Data {
    SIMULATED,
    COUPLES,
    FILES,
    TOPICS
  }

  /** What is predicted. */
  enum Family {
    COMPATIBILITY,
    STRENGTH
  }

  @Option(
      names = "--data",
      required = true,
      paramLabel = "SET",
      description =
          "simulated, couples (real ones, with real outcomes), files, or topics (of a broker).")
  private Data data = Data.SIMULATED;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      defaultValue = "compatibility",
      description =
          "compatibility: from all features; strength: from aspects alone, how strongly each is"
              + " felt. Default: ${DEFAULT-VALUE}.")
  private Family family = Family.COMPATIBILITY;

  @Option(
      names = "--trainers",
      paramLabel = "ID",
      split = ",",
      description = {
        "Which are compared: linear, logistic (where every label is 0 or 1), factorization-machine,"
            + " cart,",
        "random-forest, xgboost. Default: all that the labels are for."
      })
  private List<String> trainers = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "model",
      description = "Folder of the results. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of split, trainers and simulation. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      defaultValue = "outcome",
      description = "Of couples: outcome or years. Default: ${DEFAULT-VALUE}.")
  private CsvData.CoupleLabel label = CsvData.CoupleLabel.OUTCOME;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Simulated pairs. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--effect",
      paramLabel = "X",
      defaultValue = "1",
      description = "Multiplies the planted effects; 0 plants none. Default: ${DEFAULT-VALUE}.")
  private double effect;

  @Option(names = "--charts", paramLabel = "FILE", description = "Charts, with --data files.")
  private @Nullable Path charts;

  @Option(names = "--pairs", paramLabel = "FILE", description = "Pairs, with --data files.")
  private @Nullable Path pairs;

  @Option(names = "--feedback", paramLabel = "FILE", description = "Feedback, with --data files.")
  private @Nullable Path feedback;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description =
          "Brokers, with --data topics; each topic is read from its beginning to its end.")
  private @Nullable String bootstrap;

  @Option(
      names = "--kafka",
      paramLabel = "FILE",
      description = "Properties of the Kafka client, such as those of its security.")
  private @Nullable Path kafka;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "rating",
      description = "Which feedback, with --data topics. Default: ${DEFAULT-VALUE}.")
  private String kind = "";

  /** Runs the command and exits. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Train())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (e instanceof UsageException || e instanceof TopicException) {
                command.getErr().println("train: " + e.getMessage());
                return CommandLine.ExitCode.USAGE;
              }
              command.getErr().println("train: failed");
              e.printStackTrace(command.getErr());
              return FAILED;
            });
  }

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    TrainingSet set = set(clock);
    String name = family.name().toLowerCase(Locale.ROOT);
    System.out.println(set.rows().size() + " rows, " + set.schema());
    TrainingResult result =
        new TrainingRun(
                set, candidates(set), seed, clock.instant(), step -> System.out.println(step))
            .run();
    ModelFiles.write(out, name, result);
    for (TrainingResult.Line line : result.lines()) {
      System.out.printf(
          Locale.ROOT,
          "  %-22s RMSE %.4f cross-validated, %.4f held out, R² %.4f%n",
          line.trained().candidate().id(),
          line.crossValidated(),
          line.heldOut().rmse(),
          line.heldOut().r2());
    }
    System.out.println(
        (result.gate().promotable() ? "Promotable: " : "Refused: ") + result.gate().reason() + ".");
    System.out.println("The card is " + out.resolve(ModelFiles.CARD) + ".");
    return result.gate().promotable() ? CommandLine.ExitCode.OK : REFUSED;
  }

  private TrainingSet set(Clock clock) throws IOException {
    AspectPolicy policy = AspectPolicy.classic();
    FeatureSchema schema =
        family == Family.STRENGTH
            ? FeatureSchema.of(policy, Set.of(FeatureGroup.CELLS))
            : FeatureSchema.ofLongitudes(policy);
    return switch (data) {
      case SIMULATED -> simulated(schema);
      case COUPLES -> CsvData.couples(schema, label);
      case FILES ->
          CsvData.files(
              schema,
              required(charts, "--data files needs --charts FILE"),
              required(pairs, "--data files needs --pairs FILE"),
              required(feedback, "--data files needs --feedback FILE"));
      case TOPICS -> topics(schema, clock);
    };
  }

  private TrainingSet simulated(FeatureSchema schema) {
    if (size < 1 || size > 1_000_000 || !Double.isFinite(effect)) {
      throw new UsageException("--size is 1 to 1000000, and --effect a number");
    }
    return SimulatedData.of(schema, size, effect, seed);
  }

  private List<Candidate> candidates(TrainingSet set) {
    boolean outcomes = set.isOfOutcomes();
    if (trainers.isEmpty()) {
      return Arrays.stream(Candidate.values())
          .filter(candidate -> outcomes || !candidate.isOfOutcomes())
          .toList();
    }
    return trainers.stream().map(id -> candidate(id.strip(), outcomes)).toList();
  }

  private static Candidate candidate(String id, boolean outcomes) {
    Candidate candidate = Candidate.ofId(id);
    if (candidate == null) {
      throw new UsageException(
          "there is no trainer '"
              + id
              + "'; there are "
              + String.join(", ", Arrays.stream(Candidate.values()).map(Candidate::id).toList()));
    }
    if (candidate.isOfOutcomes() && !outcomes) {
      throw new UsageException(id + " needs labels that are 0 or 1, and these are not");
    }
    return candidate;
  }

  private TrainingSet topics(FeatureSchema schema, Clock clock) throws IOException {
    Properties properties = ClientProperties.of(kafka);
    properties.put(
        "bootstrap.servers", required(bootstrap, "--data topics needs --bootstrap HOST:PORT"));
    properties.put("client.id", "cosmichub-training");
    TopicData topics = new TopicData(schema, kind, clock);
    try (TopicReader reader = new TopicReader(properties)) {
      reader.read(TopicData.TOPICS, topics::add);
    }
    return topics.set();
  }

  private static <T> T required(@Nullable T value, String otherwise) {
    if (value == null) {
      throw new UsageException(otherwise);
    }
    return value;
  }
}
