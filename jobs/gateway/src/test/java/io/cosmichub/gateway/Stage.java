package io.cosmichub.gateway;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.MatchesEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.ResultEncoder;
import io.cosmichub.contracts.ScanEncoder;
import io.cosmichub.contracts.TopicCatalog;
import io.cosmichub.contracts.Topics;
import io.cosmichub.contracts.v1.ArmResult;
import io.cosmichub.contracts.v1.BestMatches;
import io.cosmichub.contracts.v1.ChartMatch;
import io.cosmichub.contracts.v1.ChartMatches;
import io.cosmichub.contracts.v1.Estimate;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.contracts.v1.GuardrailFigures;
import io.cosmichub.contracts.v1.Interval;
import io.cosmichub.contracts.v1.MetricFigures;
import io.cosmichub.contracts.v1.PatternRule;
import io.cosmichub.contracts.v1.PopulationPattern;
import io.cosmichub.contracts.v1.PopulationTrend;
import io.cosmichub.contracts.v1.Verdict;
import io.cosmichub.gateway.settings.GatewayConfig;
import io.cosmichub.gateway.settings.Settings;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.pair.Served;
import io.cosmichub.quickstart.LocalBroker;
import io.cosmichub.score.RuleScore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A broker with the topics of the contract, a producer that writes what the pipeline would. The
 * topic of patterns comes with the first of them.
 */
public final class Stage implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalBroker broker;
  private final KafkaProducer<byte[], byte[]> producer;
  private final PairUpdateEncoder encoder =
      new PairUpdateEncoder(Format.JSON, AspectPolicy.classic(), "rules/classic@1");
  private final InputEncoder inputs = new InputEncoder(Format.JSON);
  private final Map<String, AspectSet> held = new HashMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private boolean patterns;

  private Stage(LocalBroker broker) {
    this.broker = broker;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Starts the broker in this folder. */
  public static Stage start(Path directory) throws Exception {
    LocalBroker broker = LocalBroker.start(directory);
    Stage stage = new Stage(broker);
    stage.create(topic -> !topic.equals(Topics.POPULATION_PATTERNS));
    return stage;
  }

  private void create(Predicate<String> wanted) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<NewTopic> topics =
          TopicCatalog.load().stream()
              .filter(entry -> wanted.test(entry.topic()))
              .map(
                  entry ->
                      new NewTopic(entry.topic(), 2, (short) 1)
                          .configs(Map.of("cleanup.policy", entry.cleanupPolicy())))
              .toList();
      admin.createTopics(topics).all().get();
    }
  }

  /** The topics that the broker has. */
  Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin.listTopics().names().get();
    }
  }

  /** The address of the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** A gateway in this process, on a free port. */
  Running gateway(String... settings) {
    String[] all =
        Stream.concat(
                Stream.of(
                    "port=0",
                    "heartbeat=500ms",
                    "kafka.bootstrap-servers=" + broker.bootstrapServers()),
                Stream.of(settings))
            .map(setting -> "--cosmichub.gateway." + setting)
            .toArray(String[]::new);
    Gateway gateway =
        new Gateway(GatewayConfig.of(Settings.read(all, Map.of())), Clock.systemUTC());
    Running running = new Running(gateway, gateway.start());
    until(gateway::ready);
    return running;
  }

  /** A gateway that runs, and where. */
  record Running(Gateway gateway, String address) implements AutoCloseable {
    @Override
    public void close() {
      gateway.close();
    }
  }

  /** Writes the next state of a pair to the live topic, and if {@code committed} to all. */
  public AspectSet move(String pairId, AspectSet next, boolean committed) {
    write(pairId, next, committed);
    producer.flush();
    return next;
  }

  /** Begins another life of a pair, as that of these charts. */
  void begin(String pairId, String chartA, String chartB, AspectSet next) {
    end(pairId);
    PairUpdate first = update(pairId, next, false);
    write(
        new PairUpdate(
            pairId,
            chartA,
            chartB,
            first.revisionA(),
            first.revisionB(),
            first.policy(),
            first.sequence(),
            first.eventTime(),
            false,
            AspectDelta.between(AspectSet.EMPTY, next),
            next,
            first.score(),
            0),
        true);
    producer.flush();
  }

  /** Writes so many states of a pair to the live topic, one right after another. */
  void rush(String pairId, int states, Random random) {
    for (int i = 0; i < states; i++) {
      write(pairId, some(random), false);
    }
    producer.flush();
  }

  /** Nobody watches the pair any more; what comes of it then is another life. */
  public void end(String pairId) {
    PairUpdate end = update(pairId, AspectSet.EMPTY, true);
    encoder.encodeCommitted(end, this::send);
    send(encoder.encodeLive(end));
    producer.flush();
    held.remove(pairId);
    sequences.remove(pairId);
  }

  /** Writes the next state of a pair, in whose score a model and an experiment have a part. */
  void serve(String pairId, AspectSet next, Served served) {
    write(update(pairId, next, false).with(served), true);
    producer.flush();
  }

  private void write(String pairId, AspectSet next, boolean committed) {
    write(update(pairId, next, false), committed);
  }

  private void write(PairUpdate update, boolean committed) {
    if (committed) {
      encoder.encodeCommitted(update, this::send);
    }
    send(encoder.encodeLive(update));
    held.put(update.pairId(), update.aspects());
  }

  private PairUpdate update(String pairId, AspectSet next, boolean closed) {
    AspectSet before = held.getOrDefault(pairId, AspectSet.EMPTY);
    long sequence = sequences.merge(pairId, 1L, Long::sum);
    return new PairUpdate(
        pairId,
        "me",
        "you",
        sequence,
        1,
        "classic",
        sequence,
        1_767_225_600_000L + sequence * 3_600_000L,
        closed,
        AspectDelta.between(before, next),
        next,
        closed ? null : RuleScore.of(next, AspectPolicy.classic()),
        0);
  }

  AspectSet held(String pairId) {
    return held.getOrDefault(pairId, AspectSet.EMPTY);
  }

  void watch(String pairId, String a, String b) {
    send(inputs.watch(new PairWatch(pairId, a, b, PairWatch.NO_REVISION)));
    producer.flush();
  }

  /** A figure of the window that ends at this hour of a day, of everyone unless it names others. */
  void trend(Format format, int hour, PopulationTrend.Builder figure) {
    long end = 1_767_225_600_000L + hour * 3_600_000L;
    String cohort = figure.getCohort().isEmpty() ? "everyone" : figure.getCohort();
    String item = figure.getItem().isEmpty() ? "" : "/" + figure.getItem();
    if (!figure.getInsight().isEmpty()) {
      figure.setLink(link(cohort, hour));
    }
    send(
        new PopulationEncoder(format)
            .trend(
                figure
                    .setMetric(cohort + "/PT1H/" + figure.getFigure() + item)
                    .setCohort(cohort)
                    .setWindowStart(PopulationEncoder.time(end - 3_600_000L))
                    .setWindowEnd(PopulationEncoder.time(end))
                    .build()));
    producer.flush();
  }

  /** Where the window that ends after so many hours is found. */
  static String link(String cohort, int hour) {
    Instant end = Instant.ofEpochMilli(1_767_225_600_000L + hour * 3_600_000L);
    return cohort + "/" + end.minusSeconds(3_600) + "/" + end;
  }

  /** What comes together in the window of everyone that ends after so many days; 40 of 400. */
  void pattern(Format format, int day, String group, String then, @Nullable PatternRule rule)
      throws Exception {
    if (!patterns) {
      create(Topics.POPULATION_PATTERNS::equals);
      patterns = true;
    }
    long end = 1_767_225_600_000L + day * 86_400_000L;
    PopulationPattern.Builder pattern =
        PopulationPattern.newBuilder()
            .setPattern("everyone/PT24H/" + group + "/" + then)
            .setCohort("everyone")
            .setGroup(group)
            .setThen(then)
            .setWindowStart(PopulationEncoder.time(end - 86_400_000L))
            .setWindowEnd(PopulationEncoder.time(end))
            .setCount(40)
            .setAmong(400)
            .setSupport(0.1)
            .setSupportInterval(Interval.newBuilder().setLow(0.08).setHigh(0.13))
            .setSample(0.1);
    if (rule != null) {
      pattern.addGiven("sun-moon square").addGiven("mars-mars trine").setRule(rule);
    }
    send(new PopulationEncoder(format).pattern(pattern.build()));
    producer.flush();
  }

  /** Half of those who have what is given, 0.4 to 0.6 among all, and so many times as many. */
  static PatternRule rule(double lift) {
    Interval interval = Interval.newBuilder().setLow(0.4).setHigh(0.6).build();
    return PatternRule.newBuilder()
        .setConfidence(0.5)
        .setConfidenceInterval(interval)
        .setLift(lift)
        .build();
  }

  /** An experiment with a control and one arm, which is better. */
  void result(Format format, String experiment) {
    Estimate effect = Estimate.newBuilder().setEstimate(0.04).setLow(0.01).setHigh(0.07).build();
    MetricFigures figures =
        MetricFigures.newBuilder().setCount(900).setMean(0.6).setVariance(0.05).build();
    ArmResult.Builder arm = ArmResult.newBuilder().setAssigned(1_000).setExpectedShare(0.5);
    GuardrailFigures guardrail =
        GuardrailFigures.newBuilder().setMetric("reports").setFigures(figures).build();
    send(
        new ResultEncoder(format)
            .encode(
                ExperimentResult.newBuilder()
                    .setExperiment(experiment)
                    .setVersion(1)
                    .setAt(PopulationEncoder.time(1_767_225_600_000L))
                    .setVerdict(Verdict.SHIP)
                    .setReason("model is better than the control")
                    .setPrimaryMetric("rating")
                    .addArms(arm.setArm("control").setPrimary(figures).build())
                    .addArms(arm.setArm("model").setEffect(effect).addGuardrails(guardrail).build())
                    .build()));
    producer.flush();
  }

  /** The best matches of a chart when it last changed; tombstones the list where there is none. */
  void matches(Format format, String chart, String cohort, String... others) {
    BestMatches.Builder list =
        BestMatches.newBuilder()
            .setChartId(chart)
            .setRevision(1)
            .setCohort(cohort)
            .setAt(PopulationEncoder.time(1_767_225_600_000L))
            .setCompared(2_000)
            .setModel("rules/classic@1");
    Stream.of(others).forEach(other -> list.addMatches(match(other)));
    MatchesEncoder matches = new MatchesEncoder(format);
    send(
        others.length == 0
            ? matches.erase(chart, cohort, 1_767_225_600_000L)
            : matches.encode(list.build()));
    producer.flush();
  }

  /** The best matches of a chart in a scan. */
  void scanned(Format format, String chart, String... others) {
    ChartMatches.Builder list =
        ChartMatches.newBuilder()
            .setChartId(chart)
            .setAt(PopulationEncoder.time(1_767_225_600_000L));
    Stream.of(others).forEach(other -> list.addMatches(match(other)));
    send(new ScanEncoder(format).matches(list.build()));
    producer.flush();
  }

  private static ChartMatch match(String chart) {
    return ChartMatch.newBuilder().setChartId(chart).setOverall(61.3).setRawTotal(22.5).build();
  }

  void send(OutputRecord record) {
    ProducerRecord<byte[], byte[]> out =
        new ProducerRecord<>(record.topic(), record.key(), record.value());
    record.headers().forEach(header -> out.headers().add(header.name(), header.value()));
    Future<?> unused = producer.send(out);
  }

  /** A full chart of ten bodies, in micro-degrees. */
  void chart(String id, long revision, int[] longitudes) {
    ChartUpdate.Builder chart = ChartUpdate.builder(id, revision);
    for (int slot = 0; slot < longitudes.length; slot++) {
      chart.position(slot, Position.of(longitudes[slot]));
    }
    send(inputs.chart(chart.build()));
    producer.flush();
  }

  /** The aspects between two charts of ten bodies. */
  static AspectSet between(int[] a, int[] b) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < a.length; row++) {
      for (int col = 0; col < b.length; col++) {
        int arc = Math.floorMod(a[row] - b[col], 360_000_000);
        int hit = AspectPolicy.classic().match(Math.min(arc, 360_000_000 - arc));
        if (hit != 0) {
          set.put(row, col, hit);
        }
      }
    }
    return set.build();
  }

  /** A set of some forty aspects. */
  static AspectSet some(Random random) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < 10; row++) {
      for (int col = 0; col < 10; col++) {
        int hit = AspectPolicy.classic().match(random.nextInt(180_000_001));
        if (hit != 0) {
          set.put(row, col, hit);
        }
      }
    }
    return set.build();
  }

  /** Waits until it is so, a minute at most. */
  public static void until(BooleanSupplier condition) {
    until(PATIENCE, condition);
  }

  static void until(Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + patience);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    producer.close();
    broker.close();
  }
}
