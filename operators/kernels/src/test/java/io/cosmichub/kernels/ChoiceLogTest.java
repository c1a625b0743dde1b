package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an operator reads about the choice of a kernel. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChoiceLogTest {

  private static final String LOGGER = Kernels.class.getName();

  private final List<String> lines = new ArrayList<>();
  private final Lines appender = new Lines();

  @BeforeAll
  void listen() {
    appender.start();
    Configurator.setLevel(LOGGER, Level.INFO);
    LoggerContext.getContext(false).getRootLogger().addAppender(appender);
  }

  @BeforeEach
  void nothingWasHeard() {
    lines.clear();
  }

  @AfterAll
  void listenNoMore() {
    LoggerContext.getContext(false).getRootLogger().removeAppender(appender);
    Configurator.setLevel(LOGGER, Level.OFF);
    appender.stop();
  }

  @Test
  void autoSaysInOneLineWhyEachBetterKernelWasRefused() {
    Kernels kernels =
        new Kernels(
            List.of(
                new Refused("absent", "no such device"),
                new Refused("old", "older than compute capability 7.5"),
                new ReferenceKernelProvider(),
                new VectorKernelProvider()));
    kernels.select("auto", AspectPolicy.classic(), KernelSettings.DEFAULT).close();
    assertThat(lines)
        .containsExactly(
            "INFO Kernel 'reference' taken: plain Java, runs everywhere;"
                + " 'absent' refused: no such device;"
                + " 'old' refused: older than compute capability 7.5");
  }

  @Test
  void autoGoesOnToTheNextBestWhereAKernelDoesNotOpenAndSaysWhyInTheSameLine() {
    Kernels kernels =
        new Kernels(
            List.of(
                new Refused("absent", "no such device"),
                new Closed("full", () -> new IllegalStateException("out of memory")),
                new Closed("torn", () -> new UnsatisfiedLinkError("no such library")),
                new ReferenceKernelProvider()));
    try (BatchKernel kernel =
        kernels.select("auto", AspectPolicy.classic(), KernelSettings.DEFAULT)) {
      assertThat(kernel.name()).isEqualTo("reference");
    }
    assertThat(lines)
        .containsExactly(
            "INFO Kernel 'reference' taken: plain Java, runs everywhere;"
                + " 'absent' refused: no such device;"
                + " 'full' refused: does not open:"
                + " java.lang.IllegalStateException: out of memory;"
                + " 'torn' refused: does not open:"
                + " java.lang.UnsatisfiedLinkError: no such library");
  }

  @Test
  void autoHasNothingToRefuseWhereTheBestOneRuns() {
    new Kernels(List.of(new ReferenceKernelProvider(), new Refused("worse", "never asked")))
        .choose("auto");
    assertThat(lines).containsExactly("INFO Kernel 'reference' taken: plain Java, runs everywhere");
  }

  @Test
  void aForcedChoiceSaysNothing() {
    new Kernels(List.of(new Refused("absent", "no such device"), new ReferenceKernelProvider()))
        .choose("reference");
    assertThat(lines).isEmpty();
  }

  private record Refused(String name, String reason) implements AspectKernelProvider {

    @Override
    public Probe probe() {
      return Probe.refused(reason);
    }

    @Override
    public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
      throw new IllegalStateException(reason);
    }
  }

  /** Probes well and does not open. */
  private record Closed(String name, Supplier<Throwable> failure) implements AspectKernelProvider {

    @Override
    public Probe probe() {
      return Probe.usable("for a test");
    }

    @Override
    public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    }
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
