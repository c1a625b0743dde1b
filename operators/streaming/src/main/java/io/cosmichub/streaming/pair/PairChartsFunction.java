package io.cosmichub.streaming.pair;

import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.PairReducer;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.record.RecordTypes;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by pair: brings both sides together and says which cells have to be computed, or that the
 * pair is no more.
 */
public final class PairChartsFunction extends KeyedProcessFunction<String, SideUpdate, PairWork>
    implements ResultTypeQueryable<PairWork> {

  /** The counter of side updates that asked for no work. */
  public static final String UNMOVED = "side_updates_unmoved";

  // Configuration.
  private final int policyBodyMask;

  // Runtime.
  private transient PairReducer reducer;
  private transient ValueState<PairRecord> pair;
  private transient Counter unmoved;

  /** Looks at the bodies of {@code policyBodyMask} only (bit per body slot). */
  public PairChartsFunction(int policyBodyMask) {
    this.policyBodyMask = policyBodyMask;
  }

  @Override
  public void open(OpenContext context) {
    reducer = new PairReducer(policyBodyMask);
    pair = getRuntimeContext().getState(PairStates.pair());
    unmoved = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP).counter(UNMOVED);
  }

  @Override
  public void processElement(SideUpdate update, Context context, Collector<PairWork> out)
      throws Exception {
    PairRecord before = pair.value();
    PairReducer.Step step = reducer.apply(before, update);
    PairRecord after = step.after();
    if (after == null) {
      pair.clear();
    } else if (!after.equals(before)) {
      pair.update(after);
    }
    if (step.work().isEmpty()) {
      unmoved.inc();
    }
    step.work().forEach(out::collect);
  }

  @Override
  public TypeInformation<PairWork> getProducedType() {
    return RecordTypes.PAIR_WORK;
  }
}
