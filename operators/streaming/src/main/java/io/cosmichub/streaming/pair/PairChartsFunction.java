package io.cosmichub.streaming.pair;

import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.PairReducer;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.pair.Told;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.hot.HotKeyedFunction;
import io.cosmichub.streaming.hot.KeyWalk;
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
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by pair: brings both sides together and says which cells have to be computed, under which
 * aspect policy, or that the pair is no more.
 */
public final class PairChartsFunction extends HotKeyedFunction<SideUpdate, PairWork, PairRecord>
    implements ToldFunction<PairWork, PairWork>, ResultTypeQueryable<PairWork> {

  /** The counter of side updates that asked for no work. */
  public static final String UNMOVED = "side_updates_unmoved";

  /** The gauge of pairs that the walk of a rescoring has seen; of the latest one if none is. */
  public static final String RESCORING_SEEN = "rescoring_seen";

  /** The gauge of pairs that such a walk is to see; -1 while they are being counted. */
  public static final String RESCORING_TOTAL = "rescoring_total";

  /** The gauge of the share of them that it has seen, 0 to 1. */
  public static final String RESCORING_SHARE = "rescoring_share";

  /** The gauge of walks of a rescoring that are under way. */
  public static final String RESCORING_WALKS = "rescoring_walks";

  /** The gauge of the share of all pairs that a flag puts under the candidate policy, 0 to 1. */
  public static final String POLICY_SHARE = "policy_share";

  // Configuration.
  private final PolicySource policy;
  private final int rescoredPerSecond;

  // Runtime.
  private transient PairReducer reducer;
  private transient Counter unmoved;
  private transient UpdateAge age;
  private transient @Nullable Revisits revisits;
  private transient @Nullable KeyWalk walk;
  private transient @Nullable Collector<PairWork> output;

  /**
   * Looks at the bodies of {@code policy} only, keeps at most {@code hotBytes} bytes of hot pairs
   * on the heap, and has at most {@code rescoredPerSecond} pairs of a subtask scored again or put
   * under another policy when what is told says so.
   */
  public PairChartsFunction(PolicySource policy, long hotBytes, int rescoredPerSecond) {
    super(hotBytes);
    this.policy = Objects.requireNonNull(policy, "policy");
    this.rescoredPerSecond = rescoredPerSecond;
  }

  @Override
  public void open(OpenContext context) {
    reducer = new PairReducer(policy.policy().bodyMask());
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
    for (PairWork work : step.work()) {
      out.collect(revisits().rollout().mark(work));
    }
  }

  @Override
  protected void restore(FunctionInitializationContext context) throws Exception {
    revisits = new Revisits(policy.policies(), context);
  }

  private Revisits revisits() {
    return Objects.requireNonNull(revisits, "not restored");
  }

  @Override
  public void opened(Collector<PairWork> out, KeyWalk keys) {
    walk = keys;
    output = out;
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    metrics.gauge(RESCORING_SEEN, keys::seen);
    metrics.gauge(RESCORING_TOTAL, keys::total);
    metrics.gauge(RESCORING_SHARE, keys::share);
    metrics.gauge(RESCORING_WALKS, () -> keys.underWay() ? 1 : 0);
    metrics.gauge(POLICY_SHARE, revisits().rollout()::share);
    if (revisits().due()) {
      walk();
    }
  }

  /**
   * What whoever scores has to know takes the way of the pairs; then, by and by, those who are to
   * be scored again for it, or put under another policy.
   */
  @Override
  public void told(PairWork told, Collector<PairWork> out) throws Exception {
    out.collect(told);
    Told news = Objects.requireNonNull(told.told());
    if (!revisits().told(news, told.ingestedAt())) {
      return;
    }
    if (revisits().due()) {
      walk();
    } else {
      Objects.requireNonNull(walk).end();
    }
  }

  private void walk() {
    Revisits of = revisits();
    Objects.requireNonNull(walk).begin(rescoredPerSecond, this::again, of::done);
  }

  private void again(String pairId) {
    PairWork.Kind kind = revisits().kind(pairId);
    PairRecord pair = kind == null ? null : hot().peek(pairId);
    if (kind == null || pair == null) {
      return;
    }
    PairWork work = reducer.again(pairId, pair, kind, revisits().ingestedAt(kind));
    if (work != null) {
      Objects.requireNonNull(output).collect(revisits().rollout().mark(work));
    }
  }

  @Override
  protected void keep() throws Exception {
    revisits().keep();
  }

  @Override
  public TypeInformation<PairWork> getProducedType() {
    return RecordTypes.PAIR_WORK;
  }
}
