package io.cosmichub.streaming.population;

import io.cosmichub.population.count.Cohorts;
import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.streaming.ingest.Accounting;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Under one key for all: lets what is said of a cohort pass if it is one of the first that there is
 * room for, and counts what it does not let pass. Everyone always passes.
 *
 * @param <T> what is said of a cohort
 */
public final class CohortAdmission<T> extends KeyedProcessFunction<String, T, T>
    implements ResultTypeQueryable<T> {
  /*
   * What is left out once can never be made up for: a member that nobody counted would be taken
   * away when it leaves. So who is in stays in, and who was refused stays refused, even if there is
   * more room later. Of those who were refused so many are remembered; once there are more, nobody
   * new is let in.
   */

  /** The one key. */
  public static final String KEY = "";

  /** The counter of what was left out. */
  public static final String LEFT_OUT = "population_cohorts_left_out";

  /** The gauge of cohorts that are let pass, as far as they were seen since the task began. */
  public static final String COHORTS = "population_cohorts";

  private static final long serialVersionUID = 1L;
  private static final int MOST_REFUSED = 10_000;

  // Configuration.
  private final int most;
  private final KeySelector<T, String> cohort;
  private final TypeInformation<T> type;

  // Runtime.
  private transient MapState<String, Boolean> admitted;
  private transient MapState<Long, Boolean> refused;
  private transient ValueState<Integer> admittedCount;
  private transient ValueState<Integer> refusedCount;
  private transient Counter leftOut;
  private transient int known;

  /** Lets {@code most} cohorts pass beside everyone. */
  public CohortAdmission(int most, KeySelector<T, String> cohort, TypeInformation<T> type) {
    this.most = most;
    this.cohort = Objects.requireNonNull(cohort, "cohort");
    this.type = Objects.requireNonNull(type, "type");
  }

  @Override
  public void open(OpenContext context) {
    admitted =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("admitted", Types.STRING, Types.BOOLEAN));
    refused =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("refused", Types.LONG, Types.BOOLEAN));
    admittedCount =
        getRuntimeContext().getState(new ValueStateDescriptor<>("admitted-count", Types.INT));
    refusedCount =
        getRuntimeContext().getState(new ValueStateDescriptor<>("refused-count", Types.INT));
    var metrics = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    leftOut = metrics.counter(LEFT_OUT);
    metrics.gauge(COHORTS, () -> known);
  }

  @Override
  public void processElement(T said, Context context, Collector<T> out) throws Exception {
    String name = cohort.getKey(said);
    if (name.equals(Cohorts.EVERYONE) || admits(name)) {
      out.collect(said);
    } else {
      leftOut.inc();
    }
  }

  private boolean admits(String name) throws Exception {
    if (admitted.contains(name)) {
      known = known == 0 ? count(admittedCount) : known;
      return true;
    }
    long hash = SampleShare.hash(name);
    if (refused.contains(hash)) {
      return false;
    }
    int in = count(admittedCount);
    int out = count(refusedCount);
    if (out > MOST_REFUSED) {
      return false;
    }
    if (in >= most) {
      refused.put(hash, true);
      refusedCount.update(out + 1);
      return false;
    }
    admitted.put(name, true);
    admittedCount.update(in + 1);
    known = in + 1;
    return true;
  }

  /** How often something was left out, as the counter says it. */
  long leftOut() {
    return leftOut.getCount();
  }

  private static int count(ValueState<Integer> state) throws IOException {
    Integer count = state.value();
    return count == null ? 0 : count;
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }
}
