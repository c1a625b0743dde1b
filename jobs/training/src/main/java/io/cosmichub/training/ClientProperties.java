package io.cosmichub.training;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Settings of a Kafka client out of a file. */
final class ClientProperties {

  private ClientProperties() {}

  /** What the file says, nothing without one; {@link UsageException} if it is not there. */
  static Properties of(@Nullable Path file) throws IOException {
    Properties properties = new Properties();
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (NoSuchFileException e) {
        throw new UsageException("there is no file " + file, e);
      }
    }
    return properties;
  }
}
