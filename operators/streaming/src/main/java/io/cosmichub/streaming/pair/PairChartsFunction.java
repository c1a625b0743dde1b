package io.cosmichub.streaming.pair;

import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.PairReducer;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.hot.HotKeyedFunction;
import io.cosmichub.streaming.hot.ToldFunction;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.ingest.UpdateAge;
import io.cosmichub.streaming.record.RecordTypes;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;

/**
 * Keyed by pair: brings both sides together and says which cells have to be computed, or that the
 * pair is no more.
 */
public final class PairChartsFunction extends HotKeyedFunction<SideUpdate, PairWork, PairRecord>
    implements ToldFunction<PairWork, PairWork>, ResultTypeQueryable<PairWork> {

  /** The counter of side updates that asked for no work. */
  public static final String UNMOVED = "side_updates_unmoved";

  // Configuration.
  private final int policyBodyMask;

  // Runtime.
  private transient PairReducer reducer;
  private transient Counter unmoved;
  private transient UpdateAge age;

  /**
   * Looks at the bodies of {@code policyBodyMask} only (bit per body slot), and keeps at most
   * {@code hotBytes} bytes of hot pairs on the heap.
   */
  public PairChartsFunction(int policyBodyMask, long hotBytes) {
    super(hotBytes);
    this.policyBodyMask = policyBodyMask;
  }

  @Override
  public void open(OpenContext context) {
    reducer = new PairReducer(policyBodyMask);
    age = new UpdateAge(getRuntimeContext().getMetricGroup());
    unmoved = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP).counter(UNMOVED);
  }

  @Override
  protected ValueStateDescriptor<PairRecord> values() {
    return PairStates.pair();
  }

  @Override
  protected int bytesOf(PairRecord value) {
    return value.heapBytes();
  }

  @Override
  public void processElement(SideUpdate update, Context context, Collector<PairWork> out) {
    age.seen(update.ingestedAt(), context.timerService().currentProcessingTime());
    String pairId = update.pairId();
    PairRecord before = hot().value(pairId);
    PairReducer.Step step = reducer.apply(before, update);
    PairRecord after = step.after();
    if (!Objects.equals(after, before)) {
      hot().update(pairId, after);
    }
    if (step.work().isEmpty()) {
      unmoved.inc();
    }
    step.work().forEach(out::collect);
  }

  /** What whoever scores has to know takes the way of the pairs. */
  @Override
  public void told(PairWork told, Collector<PairWork> out) {
    out.collect(told);
  }

  @Override
  public TypeInformation<PairWork> getProducedType() {
    return RecordTypes.PAIR_WORK;
  }
}
