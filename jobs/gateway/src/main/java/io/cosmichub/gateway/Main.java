package io.cosmichub.gateway;

import io.cosmichub.gateway.settings.ConfigException;
import io.cosmichub.gateway.settings.GatewayConfig;
import io.cosmichub.gateway.settings.Settings;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the gateway until it is told to end. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int FAILED = 1;
  private static final int UNUSABLE = 2;

  /** Whoever starts a gateway for its own use says so, and leaves none behind if it is killed. */
  private static final String ENDS_WITH_PARENT = "cosmichub.gateway.ends-with-parent";

  private Main() {}

  /** {@code --key=value …}; {@code --config=FILE} reads more from a file. */
  public static void main(String[] args) throws InterruptedException {
    GatewayConfig config;
    try {
      Settings settings = Settings.read(args, System.getenv());
      config = GatewayConfig.of(settings);
      LOG.info("Configuration:{}{}", System.lineSeparator(), settings.describe());
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(UNUSABLE);
      return;
    }
    if (Boolean.getBoolean(ENDS_WITH_PARENT)) {
      ProcessHandle.current().parent().ifPresent(Main::endWith);
    }
    CountDownLatch stop = new CountDownLatch(1);
    Gateway gateway = new Gateway(config, Clock.systemUTC());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  gateway.close();
                  stop.countDown();
                },
                "gateway-shutdown"));
    try {
      System.out.println("The page: " + gateway.start());
    } catch (RuntimeException e) {
      LOG.error("The gateway cannot start", e);
      System.exit(FAILED);
    }
    if (config.access() == GatewayConfig.Access.OPEN) {
      System.out.println("It runs open: everyone on this machine may see and write everything.");
    }
    stop.await();
  }

  private static void endWith(ProcessHandle parent) {
    CompletionStage<?> unused = parent.onExit().thenRun(() -> System.exit(0));
  }
}
