package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing has been built yet, {@code ./run} builds what each of its commands needs. */
final class FreshCheckoutIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Set<String> NOT_KEPT = Set.of(".git", "target");

  @Test
  void eachCommandBuildsWhatItNeeds(@TempDir Path directory) throws IOException {
    Path fresh = directory.resolve("checkout");
    copy(Checkout.root(), fresh);
    for (String command :
        List.of("scan", "train", "aspects", "demo", "bench gateway", "bench kernels")) {
      List<String> line = List.of(("./run " + command + " --help").split(" "));
      assertThat(
              Child.run(line, fresh, Map.of("CI", "true"), directory.resolve("output.txt"), LIMIT))
          .as(command)
          .contains("Usage: ./run " + command);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (NOT_KEPT.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
