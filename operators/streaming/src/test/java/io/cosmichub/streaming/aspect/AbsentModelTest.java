package io.cosmichub.streaming.aspect;

import static io.cosmichub.streaming.given.Models.announce;
import static io.cosmichub.streaming.given.Models.artifact;
import static io.cosmichub.streaming.given.Models.experiment;
import static io.cosmichub.streaming.given.Models.flag;
import static io.cosmichub.streaming.given.Models.linear;
import static io.cosmichub.streaming.given.Models.remove;
import static io.cosmichub.streaming.given.Models.rescoring;
import static io.cosmichub.streaming.given.Models.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.pair.PairWork;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.given.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A model that is refused, or named and not here: passed over, shown, and said once. */
final class AbsentModelTest {

  private static final String LOGGER = PairServing.class.getName();
  private static final String MISSING = "cosmichub." + PairServing.MODELS_MISSING;

  private final List<String> lines = new ArrayList<>();
  private final Lines appender = new Lines();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private final PairServing serving =
      new PairServing(AspectPolicy.classic(), metrics, System::nanoTime);
  private OperatorStateBackend state;

  @BeforeEach
  void open() throws Exception {
    appender.start();
    Configurator.setLevel(LOGGER, Level.INFO);
    LoggerContext.getContext(false).getRootLogger().addAppender(appender);
    state =
        new DefaultOperatorStateBackendBuilder(
                getClass().getClassLoader(),
                new ExecutionConfig(),
                false,
                List.of(),
                new CloseableRegistry())
            .build();
    serving.restore(state.getBroadcastState(AspectStates.control()));
  }

  @AfterEach
  void close() throws Exception {
    LoggerContext.getContext(false).getRootLogger().removeAppender(appender);
    Configurator.setLevel(LOGGER, Level.OFF);
    appender.stop();
    state.close();
  }

  @Test
  void aRefusedArtifactIsVerifiedOnceHoweverMuchIsToldAfterIt() throws Exception {
    told(tell(broken("m", 1, 2)));
    assertThat(refusals("m@1")).isEqualTo(1);
    told(tell(flag(1, 1, "m", "")));
    told(tell(announce("other", 1, 1)));
    told(tell(rescoring(1, 1)));
    told(remove("other"));
    assertThat(refusals("m@1")).isEqualTo(1);

    told(tell(broken("m", 2, 3)));
    told(tell(rescoring(2, 1)));
    assertThat(refusals("m@1")).as("as the version before").isEqualTo(1);
    assertThat(refusals("m@2")).isEqualTo(1);
    assertThat(scoredBy()).isEmpty();
  }

  @Test
  void anotherArtifactUnderTheNameOfARefusedOneIsTried() throws Exception {
    told(tell(flag(1, 1, "m", "")));
    told(tell(broken("m", 1, 2)));
    told(tell(broken("m", 1, 3)));
    assertThat(refusals("m@1")).isEqualTo(2);
    assertThat(scoredBy()).isEmpty();
    told(tell(announce("m", 1, 1)));
    assertThat(scoredBy()).isEqualTo("m@1");
    assertThat(refusals("m@1")).isEqualTo(2);
  }

  @Test
  void aRefusedArtifactThatWasRemovedAndComesAgainIsTriedAgain() throws Exception {
    told(tell(broken("m", 1, 2)));
    told(remove("m"));
    told(tell(broken("m", 1, 2)));
    assertThat(refusals("m@1")).isEqualTo(2);
  }

  @Test
  void aVersionThatIsNamedAndNotKeptAnyMoreIsShownAndSaidOnce() throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(flag(1, 1, "m@1", "")));
    told(tell(announce("m", 2, 2)));
    assertThat(scoredBy()).isEqualTo("m@1");
    assertThat(metrics.value(MISSING)).isZero();
    assertThat(lines).isEmpty();

    told(tell(announce("m", 3, 3)));
    assertThat(scoredBy()).isEmpty();
    assertThat(metrics.value(MISSING)).isEqualTo(1);
    told(tell(rescoring(1, 1)));
    assertThat(lines)
        .containsExactly("WARN Named, but not here, so whatever names them is passed over: [m@1]");

    told(tell(flag(2, 1, "m@3", "m@2")));
    assertThat(scoredBy()).isEqualTo("m@3");
    assertThat(metrics.value(MISSING)).isZero();
    assertThat(lines).hasSize(2).endsWith("INFO Every model that is named is here");
  }

  @Test
  void whatAFlagAndAnExperimentNameCountsOnceAndThatOfAnExperimentUntilItsEnd() throws Exception {
    told(tell(flag(1, 1, "m", "gone@1")));
    told(tell(experiment(1, "m")));
    assertThat(metrics.value(MISSING)).isEqualTo(2);
    told(tell(announce("m", 1, 1)));
    assertThat(metrics.value(MISSING)).isEqualTo(1);
    told(remove("who"));
    assertThat(metrics.value(MISSING)).isZero();

    told(tell(experiment(2, "m@2")));
    assertThat(metrics.value(MISSING)).isEqualTo(1);
    serving.choose(work(Instant.parse("2026-12-31T23:59:59Z")));
    assertThat(metrics.value(MISSING)).isEqualTo(1);
    serving.choose(work(Instant.parse("2027-01-01T00:00:00Z")));
    assertThat(metrics.value(MISSING)).as("it is over").isZero();
  }

  @Test
  void theMetricThatTheAlertLooksAtIsThere() throws IOException {
    String rules = Files.readString(Path.of("../../deploy/prometheus/rules/models.yml"));
    assertThat(Pattern.compile("_(cosmichub)_([a-z_]+)").matcher(rules).results())
        .isNotEmpty()
        .allMatch(name -> metrics.value(name.group(1) + "." + name.group(2)) == 0);
  }

  /** A model with too few golden rows to be trusted. */
  private static Control.Model broken(String name, long version, int rows) {
    return announce(name, version, artifact(linear(version), rows, 0));
  }

  private void told(PairWork news) throws Exception {
    serving.told(Objects.requireNonNull(news.told()));
  }

  private String scoredBy() {
    return serving.choose(work(Instant.ofEpochMilli(Given.INGESTED_AT))).label();
  }

  private long refusals(String label) {
    return lines.stream().filter(line -> line.contains(label + " does not score")).count();
  }

  private static PairWork work(Instant ingestedAt) {
    return new PairWork(
        "p",
        PairWork.Kind.RESCORE,
        false,
        "a",
        "b",
        1,
        1,
        Longitudes.NONE,
        Longitudes.NONE,
        0,
        0,
        ChartUpdate.NO_TIME,
        ingestedAt.toEpochMilli());
  }

  private final class Lines extends AbstractAppender {

    Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }
  }
}
