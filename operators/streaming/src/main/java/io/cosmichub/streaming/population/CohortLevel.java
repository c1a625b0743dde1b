package io.cosmichub.streaming.population;

import io.cosmichub.population.count.Population;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;

/** The population of the current cohort; nothing is kept of one without anybody. */
final class CohortLevel {

  private final byte[] nobody = new Population().toBytes();
  private final ValueState<byte[]> level;

  CohortLevel(RuntimeContext context) {
    level = context.getState(PopulationStates.level());
  }

  /** Adds a change; the population after it. */
  Population add(Population change) throws IOException {
    byte[] known = level.value();
    Population now = known == null ? new Population() : Population.fromBytes(known);
    now.merge(change);
    byte[] bytes = now.toBytes();
    if (Arrays.equals(bytes, nobody)) {
      level.clear();
    } else {
      level.update(bytes);
    }
    return now;
  }
}
