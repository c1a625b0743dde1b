package io.cosmichub.streaming.population;

import io.cosmichub.population.count.Cohorts;
import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.streaming.ingest.Accounting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * In one task for all: lets what is said of a cohort pass if it is one of the first that there is
 * room for, and counts what it does not let pass. Everyone always passes.
 *
 * @param <T> what is said of a cohort
 */
public final class CohortAdmission<T> extends ProcessFunction<T, T>
    implements CheckpointedFunction, ResultTypeQueryable<T> {
  /*
   * What is left out once can never be made up for: a member that nobody counted would be taken
   * away when it leaves. So who is in stays in, and who was refused stays refused, even if there is
   * more room later. Of those who were refused so many are remembered; once there are more, nobody
   * new is let in.
   *
   * It is little, and all of one task: no keyed state, which would be one more database with files
   * in each checkpoint.
   */

  /** The counter of what was left out. */
  public static final String LEFT_OUT = "population_cohorts_left_out";

  /** The gauge of cohorts that are let pass. */
  public static final String COHORTS = "population_cohorts";

  private static final long serialVersionUID = 1L;
  private static final int MOST_REFUSED = 10_000;

  // Configuration.
  private final int most;
  private final KeySelector<T, String> cohort;
  private final TypeInformation<T> type;

  // Runtime.
  private transient Set<String> admitted;
  private transient Set<Long> refused;
  private transient ListState<String> admittedState;
  private transient ListState<Long> refusedState;
  private transient Counter leftOut;

  /** Lets {@code most} cohorts pass beside everyone. */
  public CohortAdmission(int most, KeySelector<T, String> cohort, TypeInformation<T> type) {
    this.most = most;
    this.cohort = Objects.requireNonNull(cohort, "cohort");
    this.type = Objects.requireNonNull(type, "type");
  }

  /** What is let pass of {@code said}. */
  public SingleOutputStreamOperator<T> of(DataStream<T> said) {
    return said.global().process(this).setParallelism(1).setMaxParallelism(1);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    admittedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("admitted", Types.STRING));
    refusedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("refused", Types.LONG));
    admitted = new HashSet<>();
    admittedState.get().forEach(admitted::add);
    refused = new HashSet<>();
    refusedState.get().forEach(refused::add);
  }

  @Override
  @SuppressWarnings("NullAway.Init") // Flink has called initializeState before
  public void open(OpenContext context) {
    var metrics = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    leftOut = metrics.counter(LEFT_OUT);
    metrics.gauge(COHORTS, () -> admitted.size());
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

  private boolean admits(String name) {
    if (admitted.contains(name)) {
      return true;
    }
    long hash = SampleShare.hash(name);
    if (refused.contains(hash) || refused.size() > MOST_REFUSED) {
      return false;
    }
    return admitted.size() < most ? admitted.add(name) : !refused.add(hash);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    admittedState.update(new ArrayList<>(admitted));
    refusedState.update(new ArrayList<>(refused));
  }

  /** How often something was left out, as the counter says it. */
  long leftOut() {
    return leftOut.getCount();
  }

  /** Of how many it is remembered that they were refused. */
  int refused() {
    return refused.size();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }
}
