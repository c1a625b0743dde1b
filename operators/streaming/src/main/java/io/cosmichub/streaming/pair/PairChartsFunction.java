package io.cosmichub.streaming.pair;

import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.PairReducer;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.pair.Told;
import io.cosmichub.streaming.hot.HotKeyedFunction;
import io.cosmichub.streaming.hot.KeyWalk;
import io.cosmichub.streaming.hot.ToldFunction;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.ingest.UpdateAge;
import io.cosmichub.streaming.record.RecordTypes;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by pair: brings both sides together and says which cells have to be computed, or that the
 * pair is no more.
 */
public final class PairChartsFunction extends HotKeyedFunction<SideUpdate, PairWork, PairRecord>
    implements ToldFunction<PairWork, PairWork>, ResultTypeQueryable<PairWork> {

  /** The counter of side updates that asked for no work. */
  public static final String UNMOVED = "side_updates_unmoved";

  private static final long NO_WALK = -1;

  /** The gauge of pairs that the walk of a rescoring has seen; of the latest one if none is. */
  public static final String RESCORING_SEEN = "rescoring_seen";

  /** The gauge of walks of a rescoring that are under way. */
  public static final String RESCORING_WALKS = "rescoring_walks";

  // Configuration.
  private final int policyBodyMask;
  private final int rescoredPerSecond;

  // Runtime.
  private transient PairReducer reducer;
  private transient Counter unmoved;
  private transient UpdateAge age;
  private transient @Nullable Rescoring rescoring;
  private transient @Nullable ListState<Long> walks;
  private transient @Nullable KeyWalk walk;
  private transient @Nullable Collector<PairWork> output;
  private transient long walkedFor;

  /**
   * Looks at the bodies of {@code policyBodyMask} only (bit per body slot), keeps at most {@code
   * hotBytes} bytes of hot pairs on the heap, and has at most {@code rescoredPerSecond} pairs of a
   * subtask scored again when what is served changes.
   */
  public PairChartsFunction(int policyBodyMask, long hotBytes, int rescoredPerSecond) {
    super(hotBytes);
    this.policyBodyMask = policyBodyMask;
    this.rescoredPerSecond = rescoredPerSecond;
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

  @Override
  protected void restore(FunctionInitializationContext context) throws Exception {
    OperatorStateStore store = context.getOperatorStateStore();
    rescoring = new Rescoring(store.getBroadcastState(PairStates.rescoring()));
    ListState<Long> state = store.getUnionListState(PairStates.walk());
    walkedFor = NO_WALK;
    for (long told : state.get()) {
      walkedFor = Math.max(walkedFor, told);
    }
    walks = state;
  }

  @Override
  public void opened(Collector<PairWork> out, KeyWalk keys) {
    walk = keys;
    output = out;
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    metrics.gauge(RESCORING_SEEN, keys::seen);
    metrics.gauge(RESCORING_WALKS, () -> keys.underWay() ? 1 : 0);
    if (walkedFor != NO_WALK) {
      walk(walkedFor);
    }
  }

  /**
   * What whoever scores has to know takes the way of the pairs; then, by and by, those who are to
   * be scored again for it.
   */
  @Override
  public void told(PairWork told, Collector<PairWork> out) throws Exception {
    out.collect(told);
    Rescoring flags = Objects.requireNonNull(rescoring);
    Told news = Objects.requireNonNull(told.told());
    flags.told(news);
    if (Rescoring.isOfDevices(news)) {
      return; // It changes who computes, and so no score.
    }
    if (flags.any()) {
      walk(told.ingestedAt());
    } else {
      Objects.requireNonNull(walk).end();
      walkedFor = NO_WALK;
    }
  }

  private void walk(long ingestedAt) {
    walkedFor = ingestedAt;
    Objects.requireNonNull(walk)
        .begin(rescoredPerSecond, pairId -> rescore(pairId, ingestedAt), () -> walkedFor = NO_WALK);
  }

  private void rescore(String pairId, long ingestedAt) {
    PairRecord pair =
        Objects.requireNonNull(rescoring).includes(pairId) ? hot().peek(pairId) : null;
    PairWork work = pair == null ? null : reducer.rescore(pairId, pair, ingestedAt);
    if (work != null) {
      Objects.requireNonNull(output).collect(work);
    }
  }

  @Override
  protected void keep() throws Exception {
    Objects.requireNonNull(walks).update(walkedFor == NO_WALK ? List.of() : List.of(walkedFor));
  }

  @Override
  public TypeInformation<PairWork> getProducedType() {
    return RecordTypes.PAIR_WORK;
  }
}
