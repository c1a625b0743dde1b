package io.cosmichub.streaming.aspect;

import io.cosmichub.pair.AspectsReducer;
import io.cosmichub.pair.PairAspectsRecord;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.record.RecordTypes;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by pair: keeps the aspect set, and emits what changed in it with the full set and the
 * score; nothing if nothing did.
 */
public final class PairAspectsFunction extends KeyedProcessFunction<String, PairResult, PairUpdate>
    implements ResultTypeQueryable<PairUpdate> {

  /** The counter of computations of a pair, whole or in part. */
  public static final String PAIRS_RECOMPUTED = "pairs_recomputed";

  /** The counter of updates with a delta. */
  public static final String DELTAS_OUT = "deltas_out";

  /**
   * The histogram of milliseconds from an input record's timestamp to the pair update that it
   * caused.
   */
  public static final String UPDATE_TO_LIVE = "update_to_live_ms";

  private static final int LATENCIES_KEPT = 4096;

  // Configuration.
  private final PolicySource policy;

  // Runtime.
  private transient AspectsReducer reducer;
  private transient ValueState<PairAspectsRecord> aspects;
  private transient Counter recomputed;
  private transient Counter deltas;
  private transient Histogram updateToLive;

  /** Keeps sets of this policy. */
  public PairAspectsFunction(PolicySource policy) {
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public void open(OpenContext context) {
    reducer = new AspectsReducer(policy.policy());
    aspects = getRuntimeContext().getState(AspectStates.aspects());
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    recomputed = metrics.counter(PAIRS_RECOMPUTED);
    deltas = metrics.counter(DELTAS_OUT);
    updateToLive =
        metrics.histogram(UPDATE_TO_LIVE, new DescriptiveStatisticsHistogram(LATENCIES_KEPT));
  }

  @Override
  public void processElement(PairResult result, Context context, Collector<PairUpdate> out)
      throws Exception {
    PairWork work = result.work();
    AspectsReducer.Applied applied = reducer.apply(aspects.value(), work, result.touched());
    PairAspectsRecord after = applied.after();
    if (after == null) {
      aspects.clear();
    } else {
      aspects.update(after);
    }
    if (work.kind() == PairWork.Kind.COMPUTE) {
      recomputed.inc();
    }
    PairUpdate update = applied.update();
    if (update != null) {
      count(update, context.timerService().currentProcessingTime());
      out.collect(update);
    }
  }

  private void count(PairUpdate update, long now) {
    if (!update.changes().isEmpty()) {
      deltas.inc();
    }
    if (update.ingestedAt() > 0) {
      updateToLive.update(Math.max(0, now - update.ingestedAt()));
    }
  }

  @Override
  public TypeInformation<PairUpdate> getProducedType() {
    return RecordTypes.PAIR_UPDATE;
  }
}
