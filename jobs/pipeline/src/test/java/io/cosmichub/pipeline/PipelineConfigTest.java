package io.cosmichub.pipeline;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.Format;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PipelineConfigTest {

  private static final String SECRET = "a-secret-of-some-length";

  /** A text other than the default, where its value ends up, and which value that is. */
  private record Mapping(String text, Function<PipelineConfig, Object> place, Object value) {}

  private static final Map<Option<?>, Mapping> MAPPINGS =
      Map.ofEntries(
          entry(
              ModelOptions.FOLDER,
              new Mapping("file:///models", c -> c.models().uri(), "file:///models")),
          entry(
              ModelOptions.RESCORED_PER_SECOND,
              new Mapping("7", c -> c.models().rescoredPerSecond(), 7)),
          entry(
              ModelOptions.RESULTS_EVERY,
              new Mapping("2s", c -> c.models().resultsEvery(), Duration.ofSeconds(2))),
          entry(PolicyOptions.CANDIDATE, new Mapping("tight", c -> c.policies().name(), "tight")),
          entry(
              PolicyOptions.ORBS,
              new Mapping(
                  "trine=6.5, quincunx=0",
                  c -> c.policies().orbs(),
                  Map.of("trine", new BigDecimal("6.5"), "quincunx", BigDecimal.ZERO))),
          entry(
              PolicyOptions.BASES,
              new Mapping(
                  "square=-1.5",
                  c -> c.policies().bases(),
                  Map.of("square", new BigDecimal("-1.5")))),
          entry(
              PolicyOptions.WEIGHTS,
              new Mapping(
                  "sun=2", c -> c.policies().weights(), Map.of("sun", BigDecimal.valueOf(2)))),
          entry(JobOptions.NAME, new Mapping("other", c -> c.job().name(), "other")),
          entry(JobOptions.PARALLELISM, new Mapping("3", c -> c.job().parallelism(), 3)),
          entry(
              JobOptions.BUFFER_TIMEOUT,
              new Mapping("7ms", c -> c.job().bufferTimeout(), Duration.ofMillis(7))),
          entry(
              JobOptions.CHECKPOINT_INTERVAL,
              new Mapping("1s", c -> c.job().checkpointInterval(), Duration.ofSeconds(1))),
          entry(
              KafkaOptions.BOOTSTRAP_SERVERS,
              new Mapping("a:1,b:2", c -> c.kafka().bootstrapServers(), "a:1,b:2")),
          entry(KafkaOptions.GROUP_ID, new Mapping("group", c -> c.kafka().groupId(), "group")),
          entry(
              KafkaOptions.START,
              new Mapping("latest", c -> c.kafka().start(), StartOffsets.LATEST)),
          entry(
              KafkaOptions.TRANSACTIONAL_ID_PREFIX,
              new Mapping("prefix", c -> c.kafka().transactionalIdPrefix(), "prefix")),
          entry(
              KafkaOptions.TRANSACTION_TIMEOUT,
              new Mapping("5m", c -> c.kafka().transactionTimeout(), Duration.ofMinutes(5))),
          entry(
              KafkaOptions.TRANSACTION_TIMEOUT_MAX,
              new Mapping("1h", c -> c.kafka().transactionTimeoutMax(), Duration.ofHours(1))),
          entry(
              PipelineOptions.OUTPUT_FORMAT,
              new Mapping("protobuf", PipelineConfig::output, Format.PROTOBUF)),
          entry(
              KernelOptions.NAME,
              new Mapping("reference", c -> c.aspects().kernel().name(), "reference")),
          entry(
              KernelOptions.MEMORY,
              new Mapping("1gb", c -> c.aspects().kernel().memory(), 1L << 30)),
          entry(KernelOptions.THREADS, new Mapping("4", c -> c.aspects().kernel().threads(), 4)),
          entry(
              KernelOptions.BATCH_MAX,
              new Mapping("1024", c -> c.aspects().kernel().batches().max(), 1024)),
          entry(
              KernelOptions.BATCH_LINGER,
              new Mapping(
                  "3ms", c -> c.aspects().kernel().batches().linger(), Duration.ofMillis(3))),
          entry(
              KernelOptions.BATCH_IN_FLIGHT,
              new Mapping("5", c -> c.aspects().kernel().batches().inFlight(), 5)),
          entry(
              KernelOptions.DEADLINE,
              new Mapping("90ms", c -> c.aspects().kernel().deadline(), Duration.ofMillis(90))),
          entry(
              KernelOptions.BREAKER_FAILURES,
              new Mapping("6", c -> c.aspects().kernel().trust().failures(), 6)),
          entry(
              KernelOptions.BREAKER_PAUSE,
              new Mapping(
                  "2min", c -> c.aspects().kernel().trust().pause(), Duration.ofMinutes(2))),
          entry(
              KernelOptions.SHADOW_SHARE,
              new Mapping("0.25", c -> c.aspects().kernel().trust().shadowShare(), 0.25)),
          entry(AspectOptions.CAPACITY, new Mapping("9", c -> c.aspects().capacity(), 9)),
          entry(
              AspectOptions.TIMEOUT,
              new Mapping("2s", c -> c.aspects().timeout(), Duration.ofSeconds(2))),
          entry(
              ChartOptions.MOTION_EPSILON,
              new Mapping("0.000250", c -> c.charts().motionEpsilon(), 250)),
          entry(ChartOptions.PAGE_SIZE, new Mapping("64", c -> c.charts().pageSize(), 64)),
          Map.entry(
              ChartOptions.PAGE_PAUSE,
              new Mapping("7ms", c -> c.charts().pagePause(), Duration.ofMillis(7))),
          entry(HotStateOptions.MEBIBYTES, new Mapping("64", c -> c.hotState().mebibytes(), 64)),
          entry(
              EventTimeOptions.MAX_AHEAD,
              new Mapping("400d", c -> c.eventTime().maxAhead(), Duration.ofDays(400))),
          entry(
              EventTimeOptions.OUT_OF_ORDERNESS,
              new Mapping("0s", c -> c.eventTime().outOfOrderness(), Duration.ZERO)),
          entry(
              EventTimeOptions.IDLENESS,
              new Mapping("1min", c -> c.eventTime().idleness(), Duration.ofMinutes(1))),
          entry(
              ChartOptions.ERASURE_MEMORY,
              new Mapping("30d", c -> c.charts().erasureMemory(), Duration.ofDays(30))),
          entry(
              ChartOptions.ERASURE_KEY,
              new Mapping(SECRET, c -> c.charts().erasureKey(), new Secret(SECRET))),
          entry(
              PopulationOptions.ENABLED,
              new Mapping("false", c -> c.population().enabled(), false)),
          entry(
              PopulationOptions.WINDOW,
              new Mapping("2h", c -> c.population().window(), Duration.ofHours(2))),
          entry(
              PopulationOptions.SLIDING_WINDOW,
              new Mapping("6h", c -> c.population().slidingWindow(), Duration.ofHours(6))),
          entry(
              PopulationOptions.ALLOWED_LATENESS,
              new Mapping("5min", c -> c.population().allowedLateness(), Duration.ofMinutes(5))),
          entry(PopulationOptions.PEOPLE, new Mapping("30", c -> c.population().people(), 30)),
          entry(PopulationOptions.COHORTS, new Mapping("7", c -> c.population().cohorts(), 7)),
          entry(PopulationOptions.TRAILING, new Mapping("48", c -> c.population().trailing(), 48)),
          entry(
              PopulationOptions.FALSE_DISCOVERIES,
              new Mapping("0.01", c -> c.population().falseDiscoveries(), 0.01)),
          entry(PopulationOptions.INSIGHTS, new Mapping("3", c -> c.population().insights(), 3)),
          entry(
              PatternOptions.PATTERNS,
              new Mapping("30", c -> c.population().patterns().most(), 30)),
          entry(
              PatternOptions.WINDOW,
              new Mapping("6h", c -> c.population().patterns().window(), Duration.ofHours(6))),
          entry(
              PatternOptions.SAMPLE_SHARE,
              new Mapping("0.5", c -> c.population().patterns().share(), 0.5)),
          entry(
              PatternOptions.SAMPLE_SIZE,
              new Mapping("500", c -> c.population().patterns().size(), 500)),
          entry(MatchOptions.BEST, new Mapping("3", c -> c.matches().best(), 3)),
          entry(
              MatchOptions.EVERY,
              new Mapping("1min", c -> c.matches().every(), Duration.ofMinutes(1))),
          entry(
              MatchOptions.CANDIDATES, new Mapping("1000", c -> c.matches().candidates(), 1_000)));

  private static PipelineConfig load(String... args) {
    return PipelineConfig.load(args, Map.of(), null);
  }

  private static String argument(Option<?> option, String text) {
    return "--" + option.key() + "=" + text;
  }

  @Test
  void everyOptionSetsItsOwnPlaceAndNoOther() {
    assertThat(MAPPINGS.keySet()).containsExactlyInAnyOrderElementsOf(PipelineOptions.all());
    PipelineConfig defaults = load();
    MAPPINGS.forEach(
        (set, mapping) -> {
          PipelineConfig config = load(argument(set, mapping.text()));
          MAPPINGS.forEach(
              (option, place) -> {
                Object expected =
                    option.equals(set) ? mapping.value() : place.place().apply(defaults);
                assertThat(place.place().apply(config))
                    .as("%s when %s is set", option.key(), set.key())
                    .isEqualTo(expected);
              });
          assertThat(mapping.place().apply(defaults))
              .as("default of %s", set.key())
              .isNotEqualTo(mapping.value());
        });
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentOverTheFileOverTheDefault(@TempDir Path folder)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("job.properties"),
            """
            # a comment
            cosmichub.job.name = from file
            cosmichub.kafka.group-id = from file
            cosmichub.kafka.bootstrap-servers = from-file:1
            """);
    Map<String, String> environment =
        Map.of(
            "COSMICHUB_KAFKA_GROUP_ID", "from environment",
            "COSMICHUB_KAFKA_BOOTSTRAP_SERVERS", "from-environment:1",
            "PATH", "/bin");
    String[] args = {"--cosmichub.kafka.bootstrap-servers", "from-arguments:1"};

    PipelineConfig config = PipelineConfig.load(args, environment, file);

    assertThat(config.kafka().bootstrapServers()).isEqualTo("from-arguments:1");
    assertThat(config.kafka().groupId()).isEqualTo("from environment");
    assertThat(config.job().name()).isEqualTo("from file");
    assertThat(config.kafka().start()).isEqualTo(StartOffsets.EARLIEST);
    assertThat(Settings.read(args, environment, file).describe())
        .contains(
            "cosmichub.kafka.bootstrap-servers = from-arguments:1  [command line]",
            "cosmichub.kafka.group-id = from environment  [environment COSMICHUB_KAFKA_GROUP_ID]",
            "cosmichub.job.name = from file  [file " + file + "]",
            "cosmichub.kafka.start = earliest  [default]");
  }

  @Test
  void theFileOnTheCommandLineReplacesTheOneGiven(@TempDir Path folder) throws Exception {
    Path given = Files.writeString(folder.resolve("a"), "cosmichub.job.name = given");
    Path named = Files.writeString(folder.resolve("b"), "cosmichub.parallelism = 4");

    PipelineConfig config =
        PipelineConfig.load(new String[] {"--config", named.toString()}, Map.of(), given);

    assertThat(config.job().parallelism()).isEqualTo(4);
    assertThat(config.job().name()).isEqualTo(JobOptions.NAME.defaultText());
  }

  @Test
  void unknownKeysAreAllNamedWithTheNearestKnownOne(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("job"), "cosmichub.kafka.group_id = g");

    assertThatThrownBy(
            () ->
                PipelineConfig.load(
                    new String[] {"--cosmichub.kernal=auto", "--async.capacity=2"},
                    Map.of("COSMICHUB_ERASURE_KEYS", "never shown"),
                    file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "cosmichub.kernal (command line); did you mean cosmichub.kernel?",
            "async.capacity (command line); did you mean cosmichub.async.capacity?",
            "COSMICHUB_ERASURE_KEYS (environment); did you mean COSMICHUB_ERASURE_KEY?",
            "cosmichub.kafka.group_id (file " + file + "); did you mean cosmichub.kafka.group-id?")
        .hasMessageNotContaining("never shown");
  }

  @Test
  void whatKubernetesSetsForAServiceAndWhatIsEmptyIsPassedOver() {
    Map<String, String> environment =
        Map.of(
            "COSMICHUB_GATEWAY_SERVICE_HOST", "10.0.0.1",
            "COSMICHUB_GATEWAY_SERVICE_PORT", "8080",
            "COSMICHUB_GATEWAY_PORT", "tcp://10.0.0.1:8080",
            "COSMICHUB_GATEWAY_PORT_8080_TCP_ADDR", "10.0.0.1",
            "COSMICHUB_JOB_NAME", "");

    assertThat(PipelineConfig.load(new String[0], environment, null)).isEqualTo(load());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cosmichub.parallelism                | many    | a whole number
          cosmichub.parallelism                | -1      | 0 or more
          cosmichub.buffer-timeout             | 5       | a duration such as
          cosmichub.buffer-timeout             | -PT1S   | a duration such as
          cosmichub.buffer-timeout             | PT0.0001S | a duration such as
          cosmichub.buffer-timeout             | 5 weeks | a duration such as
          cosmichub.buffer-timeout             | 1000001d | a duration such as
          cosmichub.checkpoint.interval        | 99ms    | at least PT0.1S
          cosmichub.kafka.bootstrap-servers    | ' '     | text that is not blank
          cosmichub.kafka.start                | now     | earliest | committed | latest
          cosmichub.kafka.transaction-timeout  | 16min   | at most cosmichub.kafka.transaction-timeout-max
          cosmichub.kafka.transaction-timeout  | 19s     | at least twice cosmichub.checkpoint.interval
          cosmichub.output.format              | xml     | json | protobuf
          cosmichub.async.capacity             | 1       | at least 2
          cosmichub.async.timeout              | 0s      | more than 0
          cosmichub.kernel.memory              | 64      | a size such as 64mb or 1gb
          cosmichub.kernel.memory              | 64 tb   | a size such as 64mb or 1gb
          cosmichub.kernel.memory              | 999999999999gb | a size such as 64mb or 1gb
          cosmichub.kernel.memory              | 1023kb  | at least 1mb
          cosmichub.kernel.threads             | 0       | at least 1
          cosmichub.kernel.batch.max           | 0       | 1 to 65536
          cosmichub.kernel.batch.max           | 65537   | 1 to 65536
          cosmichub.kernel.batch.linger        | 0ms     | more than 0
          cosmichub.kernel.batch.in-flight     | 0       | at least 1
          cosmichub.kernel.deadline            | 0ms     | more than 0
          cosmichub.kernel.deadline            | 15s     | twice of it with cosmichub.kernel.batch.linger below cosmichub.async.timeout
          cosmichub.kernel.breaker.failures    | 0       | at least 1
          cosmichub.kernel.breaker.pause       | 0s      | more than 0
          cosmichub.kernel.shadow.share        | 1.01    | 0 to 1
          cosmichub.kernel.shadow.share        | -0.1    | 0 to 1
          cosmichub.kernel.shadow.share        | NaN     | a decimal number
          cosmichub.policy.candidate           | Tight   | 1 to 64 of a-z
          cosmichub.policy.candidate           | classic | 1 to 64 of a-z
          cosmichub.policy.candidate-orbs      | trine   | numbers by name
          cosmichub.policy.candidate-orbs      | trine=a | numbers by name
          cosmichub.policy.candidate-orbs      | trine=1,trine=2 | numbers by name
          cosmichub.policy.candidate-orbs      | novile=2 | names of classic: conjunction
          cosmichub.policy.candidate-bases     | sun=2   | names of classic: conjunction
          cosmichub.policy.candidate-weights   | chiron=2 | names of classic: sun
          cosmichub.motion.epsilon             | 0.1234567 | degrees with six decimals at most
          cosmichub.motion.epsilon             | 180     | 0 to below 180 degrees
          cosmichub.motion.epsilon             | -0.1    | 0 to below 180 degrees
          cosmichub.fanout.page-size           | 0       | 1 to 65536
          cosmichub.fanout.page-pause          | 0ms     | more than 0
          cosmichub.models.rescored-per-second | 0       | at least 1
          cosmichub.experiments.results-every  | 99ms    | at least PT0.1S
          cosmichub.hot-state.mebibytes        | -1      | 0 to 65536
          cosmichub.watermark.idleness         | 0ms     | more than 0
          cosmichub.erasure.memory             | 0d      | more than 0
          cosmichub.population.enabled         | yes     | true or false
          cosmichub.population.window          | 1min    | PT15M to PT168H
          cosmichub.population.sliding-window  | 90min   | a multiple of
          cosmichub.population.allowed-lateness | 30d    | at most
          cosmichub.population.people          | 1       | 2 to 64
          cosmichub.population.cohorts         | 0       | 1 to 1000
          cosmichub.population.trailing-windows | 7      | 8 to 1000
          cosmichub.population.false-discoveries | 0     | above 0
          cosmichub.population.insights        | -1      | 0 or more
          cosmichub.population.patterns        | -1      | 0 to 1000
          cosmichub.population.pattern-window  | 8d      | PT15M to PT168H
          cosmichub.population.sample-share    | 0       | above 0
          cosmichub.population.sample-size     | 10      | 100 to 100000
          cosmichub.matches.best               | 101     | 0 to 100
          cosmichub.matches.every              | 99ms    | at least PT0.1S
          cosmichub.matches.candidates         | 99      | 100 to 100000
          """)
  void aBadValueIsNamedWithItsKeyAndWhatIsExpected(String key, String text, String expected) {
    assertThatThrownBy(() -> load("--" + key + "=" + text))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + " is '")
        .hasMessageContaining("expected " + expected);
  }

  @Test
  void aCandidateIsClassicButForWhatIsNamedAndRefusedWhereItMakesNoPolicy() throws Exception {
    assertThat(load().policies().candidate()).isNull();
    assertThat(load("--cosmichub.policy.candidate-orbs=trine=6").policies().candidate()).isNull();
    PolicyOptions options =
        load(
                "--cosmichub.policy.candidate=tight",
                "--cosmichub.policy.candidate-orbs=trine=6.5,quincunx=0",
                "--cosmichub.policy.candidate-bases=square=-1.5",
                "--cosmichub.policy.candidate-weights=saturn=2")
            .policies();
    AspectPolicy tight = Objects.requireNonNull(InstantiationUtil.clone(options).candidate());
    assertThat(tight.id()).isEqualTo("tight");
    AspectPolicy classic = AspectPolicy.classic();
    List<Aspect> expected = new ArrayList<>();
    for (Aspect aspect : classic.aspects()) {
      switch (aspect.id()) {
        case "quincunx" -> {}
        case "trine" ->
            expected.add(new Aspect(4, "trine", 120_000_000, 6_500_000, aspect.nature(), 3));
        case "square" ->
            expected.add(new Aspect(3, "square", 90_000_000, 8_000_000, aspect.nature(), -1.5));
        default -> expected.add(aspect);
      }
    }
    assertThat(tight.aspects()).isEqualTo(expected);
    assertThat(tight.bodyMask()).isEqualTo(classic.bodyMask());
    assertThat(tight.weight(6)).isEqualTo(2);
    assertThat(tight.weight(0)).isEqualTo(classic.weight(0));
    for (String orbs : List.of("trine=-1", "trine=91", "trine=0.1234567")) {
      assertThatThrownBy(
              () ->
                  load(
                      "--cosmichub.policy.candidate=tight",
                      "--cosmichub.policy.candidate-orbs=" + orbs))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("cosmichub.policy.candidate: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0ms, PT0S",
    "500ms, PT0.5S",
    "10s, PT10S",
    "15min, PT15M",
    "15m, PT15M",
    "6h, PT6H",
    "7d, PT168H",
    "7 d, PT168H",
    "PT5M, PT5M",
    "P1DT2H, PT26H"
  })
  void durationsAreWrittenInSeveralWays(String text, Duration expected) {
    assertThat(JobOptions.BUFFER_TIMEOUT.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1048576b, 1048576",
    "1024kb, 1048576",
    "64mb, 67108864",
    "64 mb, 67108864",
    "2gb, 2147483648"
  })
  void sizesAreWrittenInSeveralUnits(String text, long expected) {
    assertThat(KernelOptions.MEMORY.parse(text)).isEqualTo(expected);
  }

  @Test
  void aSecretIsNeverShown() {
    Settings settings =
        Settings.read(
            new String[] {
              argument(ChartOptions.ERASURE_KEY, SECRET),
              "--cosmichub.kafka.properties.sasl.jaas.config=" + SECRET,
              "--cosmichub.kafka.properties.ssl.key.password=" + SECRET,
              "--cosmichub.kafka.properties.security.protocol=SASL_SSL"
            },
            Map.of(),
            null);
    PipelineConfig config = PipelineConfig.of(settings);

    assertThat(config.charts().erasureKey().value()).isEqualTo(SECRET);
    assertThat(settings.describe())
        .doesNotContain(SECRET)
        .contains(
            "cosmichub.erasure.key = ******",
            "cosmichub.kafka.properties.sasl.jaas.config = ******",
            "cosmichub.kafka.properties.security.protocol = SASL_SSL");
    assertThat(config.toString()).doesNotContain(SECRET).contains("******", "SASL_SSL");
    assertThatThrownBy(() -> load(argument(ChartOptions.ERASURE_KEY, "too short")))
        .hasMessageContaining("cosmichub.erasure.key is '******'")
        .hasMessageNotContaining("too short");
  }

  @Test
  void theDefaultErasureKeyIsKnownToBePublic() {
    assertThat(load().charts().hasPublicErasureKey()).isTrue();
    assertThat(load(argument(ChartOptions.ERASURE_KEY, SECRET)).charts().hasPublicErasureKey())
        .isFalse();
  }

  @Test
  void kafkaPropertiesComeFromEveryPlace(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("job"),
            """
            cosmichub.kafka.properties.fetch.min.bytes = 1
            cosmichub.kafka.properties.security.protocol = SSL
            """);
    PipelineConfig config =
        PipelineConfig.load(
            new String[] {"--cosmichub.kafka.properties.security.protocol=SASL_SSL"},
            Map.of("COSMICHUB_KAFKA_PROPERTIES_FETCH_MAX_WAIT_MS", "50"),
            file);

    assertThat(config.kafka().properties().values())
        .isEqualTo(
            Map.of(
                "fetch.min.bytes", "1",
                "fetch.max.wait.ms", "50",
                "security.protocol", "SASL_SSL"));
  }

  @ParameterizedTest
  @CsvSource({
    "transactional.id, cosmichub.kafka.transactional-id-prefix",
    "transaction.timeout.ms, cosmichub.kafka.transaction-timeout",
    "isolation.level, is set by the job",
    "acks, is set by the job",
    "bootstrap.servers, cosmichub.kafka.bootstrap-servers"
  })
  void whatTheGuaranteesRestOnCannotBeTakenOver(String property, String message) {
    assertThatThrownBy(() -> load("--cosmichub.kafka.properties." + property + "=x"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cosmichub.kafka.properties." + property)
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatSetsAKeyTwiceOrIsNotThereIsRefused(@TempDir Path folder) throws Exception {
    Path twice =
        Files.writeString(
            folder.resolve("twice"), "cosmichub.parallelism = 1\ncosmichub.parallelism = 2\n");

    assertThatThrownBy(() -> PipelineConfig.load(new String[0], Map.of(), twice))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cosmichub.parallelism is set twice");
    assertThatThrownBy(() -> PipelineConfig.load(new String[0], Map.of(), folder.resolve("absent")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("There is no configuration file");
  }

  @ParameterizedTest
  @CsvSource({
    "cosmichub.parallelism=2, write --key=value",
    "--cosmichub.parallelism, write --cosmichub.parallelism=VALUE",
    "--, write --key=value"
  })
  void anArgumentThatIsNoSettingIsRefused(String argument, String message) {
    assertThatThrownBy(() -> load(argument))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void flinkIsToldWhatTheJobNeeds() {
    Configuration flink =
        load("--cosmichub.checkpoint.interval=3s", "--cosmichub.buffer-timeout=4ms").flink();

    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(flink.get(ExecutionOptions.BUFFER_TIMEOUT)).isEqualTo(Duration.ofMillis(4));
    assertThat(flink.get(org.apache.flink.configuration.PipelineOptions.AUTO_GENERATE_UIDS))
        .isFalse();
    assertThat(flink.get(org.apache.flink.configuration.PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(flink.contains(CoreOptions.DEFAULT_PARALLELISM)).isFalse();
    assertThat(load("--cosmichub.parallelism=5").flink().get(CoreOptions.DEFAULT_PARALLELISM))
        .isEqualTo(5);
  }

  @Test
  void keysAreUniqueAndSoAreTheirVariables() {
    assertThat(PipelineOptions.all().stream().map(Option::key).collect(Collectors.toList()))
        .doesNotHaveDuplicates()
        .allMatch(key -> key.startsWith(PipelineOptions.PREFIX));
    assertThat(PipelineOptions.all().stream().map(o -> Settings.environmentName(o.key())))
        .doesNotHaveDuplicates()
        .contains("COSMICHUB_KAFKA_BOOTSTRAP_SERVERS");
  }
}
