package io.cosmichub.quickstart;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Finds the files of the project that are not on the class path. */
final class Checkout {

  private static final String HOME = "cosmichub.home";
  private static final Path FLINK = Path.of("deploy", "flink");
  private static final Path JOB = Path.of("deploy", "cosmichub.properties");
  private static final Path MODEL = Path.of("docs", "examples", "model.pb");

  private final Path root;

  private Checkout(Path root) {
    this.root = root;
  }

  /**
   * The project that {@code -Dcosmichub.home} names, else the one that these classes were built in.
   */
  static Checkout find() {
    String home = System.getProperty(HOME);
    Path start = home == null ? builtIn() : Path.of(home).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(FLINK).resolve("config.yaml"))) {
        return new Checkout(folder);
      }
    }
    throw new UsageException(
        "deploy/flink/config.yaml is neither in %s nor above it: run ./run of a checkout, or say where one is with -D%s=DIR"
            .formatted(start, HOME));
  }

  /** The folder with Flink's {@code config.yaml}. */
  Path flinkConfiguration() {
    return root.resolve(FLINK);
  }

  /** The job's settings, or null if the checkout has none. */
  @Nullable Path jobSettings() {
    Path file = root.resolve(JOB);
    return Files.isRegularFile(file) ? file : null;
  }

  /** A small model to try, as a path in the checkout; null if there is none. */
  @Nullable Path sampleModel() {
    return Files.isRegularFile(root.resolve(MODEL)) ? MODEL : null;
  }

  /** The class path of the gateway, or null where it was not built. */
  @Nullable String gatewayClassPath() {
    Path target = root.resolve("jobs").resolve("gateway").resolve("target");
    Path file = target.resolve("classpath");
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      return target.resolve("classes") + File.pathSeparator + Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path builtIn() {
    CodeSource source = Checkout.class.getProtectionDomain().getCodeSource();
    try {
      return source == null
          ? Path.of("").toAbsolutePath()
          : Path.of(source.getLocation().toURI()).toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
