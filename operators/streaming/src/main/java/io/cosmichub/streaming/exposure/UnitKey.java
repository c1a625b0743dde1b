package io.cosmichub.streaming.exposure;

import io.cosmichub.chart.ChartKey;
import io.cosmichub.serving.Exposure;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.flink.api.java.functions.KeySelector;
import org.jspecify.annotations.Nullable;

/** The keyed hash of a unit's id, so that state names no chart. */
public final class UnitKey implements KeySelector<Exposure, String> {

  private static final long serialVersionUID = 1L;

  // Configuration.
  private final String secret;

  // Runtime.
  private transient @Nullable ChartKey key;

  /** Hashes with a secret. */
  public UnitKey(String secret) {
    this.secret = Objects.requireNonNull(secret, "secret");
  }

  @Override
  public String getKey(Exposure exposure) {
    ChartKey hash = key;
    if (hash == null) {
      hash = new ChartKey(secret.getBytes(StandardCharsets.UTF_8));
      key = hash;
    }
    return hash.of(exposure.unit());
  }
}
