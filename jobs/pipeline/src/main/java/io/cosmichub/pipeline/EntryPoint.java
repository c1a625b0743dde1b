package io.cosmichub.pipeline;

import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every {@code main} of this module does first: read the configuration, or say why it cannot.
 */
final class EntryPoint {

  /** The exit status of a command that was given a configuration it cannot use. */
  static final int UNUSABLE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(EntryPoint.class);
  private static final String PACKAGE = EntryPoint.class.getPackageName() + ".";

  /** What is run with a configuration. */
  @FunctionalInterface
  interface Command {
    void run(PipelineConfig config) throws Exception;
  }

  private EntryPoint() {}

  /**
   * Runs {@code command}, unless help or the configuration is asked for. A configuration that
   * cannot be used is said on the standard error, and the process ends with status 2; where the
   * process is not ours, as in a job manager, the {@link ConfigException} is thrown instead.
   */
  static void run(String summary, String[] args, Command command) throws Exception {
    PipelineConfig config;
    try {
      CommandLine line = CommandLine.parse(args);
      if (line.help()) {
        printHelp(summary, System.out);
        return;
      }
      Settings settings = Settings.read(line, System.getenv(), null);
      config = PipelineConfig.of(settings);
      if (line.printConfig()) {
        System.out.println(settings.describe());
        return;
      }
      LOG.info("Configuration:{}{}", System.lineSeparator(), settings.describe());
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      if (processIsOurs()) {
        System.exit(UNUSABLE);
      }
      throw e;
    }
    command.run(config);
  }

  /** Whether nothing called the {@code main} that came here: the JVM was started for it. */
  private static boolean processIsOurs() {
    return StackWalker.getInstance()
        .walk(frames -> frames.reduce((inner, outer) -> outer))
        .filter(outermost -> outermost.getClassName().startsWith(PACKAGE))
        .isPresent();
  }

  private static void printHelp(String summary, PrintStream out) {
    out.println(summary);
    out.println();
    out.println("  --config FILE     read keys from FILE, one key = value a line");
    out.println("  --print-config    print each key, its value and where it was set, and end");
    out.println("  --help            print this, and end");
    out.println(
        "  --KEY=VALUE       set a key; the command line wins over the environment (COSMICHUB_…),");
    out.println("                    the environment over the file, the file over the default");
    for (Option<?> option : PipelineOptions.all()) {
      out.println();
      out.println(
          "  "
              + option.key()
              + "  ("
              + option.type().name()
              + ", default "
              + option.defaultText()
              + ")");
      out.println("      " + option.description());
    }
    out.println();
    out.println(
        "  "
            + PipelineOptions.KAFKA_PROPERTIES
            + "*  handed to Kafka's clients without this prefix");
  }
}
