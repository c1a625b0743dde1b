package io.cosmichub.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import ml.dmlc.xgboost4j.java.Booster;
import org.tribuo.Tribuo;

/** Which build trained a model, and with which libraries. */
final class Versions {
  private static final String VERSION = "version";

  private Versions() {}

  /** Of this build; {@code ./run} adds the commit. */
  static String build() {
    String version = read(Versions.class, "build.properties");
    String commit = System.getProperty("cosmichub.commit", "");
    return commit.isBlank() ? version : version + ", commit " + commit;
  }

  /** Of what a candidate is trained with. */
  static String trainerLibrary(Candidate candidate) {
    String tribuo = "Tribuo " + Tribuo.VERSION;
    return candidate == Candidate.XGBOOST
        ? tribuo + ", XGBoost " + read(Booster.class, "/xgboost4j-version.properties")
        : tribuo;
  }

  private static String read(Class<?> beside, String resource) {
    Properties properties = new Properties();
    try (InputStream in = beside.getResourceAsStream(resource)) {
      properties.load(Objects.requireNonNull(in, resource));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
    return properties.getProperty(VERSION, "unknown");
  }
}
