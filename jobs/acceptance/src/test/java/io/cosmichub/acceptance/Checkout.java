package io.cosmichub.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;

/** The working copy that these tests run in. */
final class Checkout {

  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();

  private Checkout() {}

  /** Its folder. */
  static Path root() {
    return ROOT;
  }

  /** A file or folder of it, which must exist. */
  static Path file(String path) {
    Path file = ROOT.resolve(path);
    if (!Files.exists(file)) {
      throw new AssertionError(
          file + " does not exist; these tests run in jobs/acceptance of a working copy");
    }
    return file;
  }
}
