package io.cosmichub.streaming.feedback;

import io.cosmichub.chart.ChartKey;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.ingest.FeedbackInput;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.flink.api.java.functions.KeySelector;
import org.jspecify.annotations.Nullable;

/** The keyed hash of a unit, so that state names nobody; a pair is not the chart of its name. */
public final class UnitKeys implements Serializable {

  private static final long serialVersionUID = 1L;

  // Configuration.
  private final String secret;

  // Runtime.
  private transient @Nullable ChartKey key;

  /** Hashes with a secret. */
  public UnitKeys(String secret) {
    this.secret = Objects.requireNonNull(secret, "secret");
  }

  /** The key of who was exposed. */
  public KeySelector<Exposure, String> ofExposures() {
    return exposure -> key(exposure.terms().ofChart(), exposure.unit());
  }

  /** The key of who has feedback. */
  public KeySelector<FeedbackInput, String> ofFeedback() {
    return input -> key(input.ofChart(), input.unit());
  }

  private String key(boolean ofChart, String unit) {
    ChartKey hash = key;
    if (hash == null) {
      hash = new ChartKey(secret.getBytes(StandardCharsets.UTF_8));
      key = hash;
    }
    return hash.of((ofChart ? "chart/" : "pair/") + unit);
  }
}
