package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.VectorKernelProvider;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.pair.AspectFinder;
import io.cosmichub.pair.AspectsReducer;
import io.cosmichub.pair.PairAspectsRecord;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Served;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Choice;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.exposure.Exposures;
import io.cosmichub.streaming.exposure.RecentExposures;
import io.cosmichub.streaming.feedback.FeedbackStates;
import io.cosmichub.streaming.hot.HotKeyedFunction;
import io.cosmichub.streaming.hot.SideOutput;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.record.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by pair: counts the deltas of a pair, and emits what changed in its aspects with the full
 * set and the score; nothing if nothing did. The aspects follow from the charts in the work. What
 * it is told decides which model scores as well, from the next pair on.
 */
public final class PairAspectsFunction
    extends HotKeyedFunction<PairResult, PairUpdate, PairAspectsRecord>
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

  /** The counter of pairs that were scored again though nothing moved. */
  public static final String PAIRS_RESCORED = "pairs_rescored";

  /** The counter of pairs that were put under another policy. */
  public static final String PAIRS_TURNED = "pairs_turned";

  private static final int HEAP_BYTES = 28;
  private static final int LATENCIES_KEPT = 4096;

  // Configuration.
  private final KernelSource finders;
  private final PolicySource policy;
  private final NanoTime nanoTime;

  // Runtime.
  private transient AspectsReducer reducer;
  private transient @Nullable List<AspectKernel> kernels;
  private transient RecentExposures recent;
  private transient Counter recomputed;
  private transient Counter rescored;
  private transient Counter turned;
  private transient Counter deltas;
  private transient Histogram updateToLive;
  private transient @Nullable PairServing serving;

  /** As the other, with the kernel of the CPU and the default settings of its guard. */
  public PairAspectsFunction(PolicySource policy, long hotBytes) {
    this(new AspectConfig(VectorKernelProvider.NAME, GuardSettings.DEFAULT), policy, hotBytes);
  }

  /**
   * Keeps sets of these policies, and at most {@code hotBytes} bytes of hot pairs on the heap. What
   * held the reference finds where {@code aspects} names it, else the kernel for CPUs, guarded.
   */
  public PairAspectsFunction(AspectConfig aspects, PolicySource policy, long hotBytes) {
    this(KernelSource.known(aspects.finder(), aspects.guard()), policy, hotBytes, System::nanoTime);
  }

  /** The same with kernels from {@code finders} and the time of scores from {@code nanoTime}. */
  PairAspectsFunction(KernelSource finders, PolicySource policy, long hotBytes, NanoTime nanoTime) {
    super(hotBytes);
    this.finders = Objects.requireNonNull(finders, "finders");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.nanoTime = nanoTime;
  }

  @Override
  protected void restore(FunctionInitializationContext context) throws Exception {
    PairServing opened =
        new PairServing(policy.policy(), getRuntimeContext().getMetricGroup(), nanoTime);
    opened.restore(context.getOperatorStateStore().getBroadcastState(AspectStates.control()));
    serving = opened;
  }

  private PairServing serving() {
    return Objects.requireNonNull(serving, "not restored");
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    kernels = new ArrayList<>();
    AspectPolicy standard = policy.policy();
    AspectPolicy candidate = policy.candidate();
    reducer = new AspectsReducer(standard, finder(standard, kernels, metrics, ""));
    if (candidate != null) {
      String suffix = "_" + candidate.id();
      reducer = reducer.with(candidate, finder(candidate, kernels, metrics, suffix));
    }
    recent = new RecentExposures();
    recomputed = metrics.counter(PAIRS_RECOMPUTED);
    rescored = metrics.counter(PAIRS_RESCORED);
    turned = metrics.counter(PAIRS_TURNED);
    deltas = metrics.counter(DELTAS_OUT);
    updateToLive =
        metrics.histogram(UPDATE_TO_LIVE, new DescriptiveStatisticsHistogram(LATENCIES_KEPT));
  }

  private AspectFinder finder(
      AspectPolicy of, List<AspectKernel> opened, MetricGroup metrics, String suffix) {
    AspectKernel kernel =
        finders.open(
            of,
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
            name -> new KernelMetrics(metrics, name + suffix));
    opened.add(kernel);
    return (a, b, movedA, movedB) -> kernel.touched(a, b, movedA, movedB).join();
  }

  @Override
  public void processElement(PairResult result, Context context, Collector<PairUpdate> out)
      throws Exception {
    PairWork work = result.work();
    Told told = work.told();
    if (told != null) {
      serving().told(told);
      return;
    }
    PairAspectsRecord before = hot().value(work.pairId());
    Choice choice = serving().choose(work);
    boolean turns = before != null && reducer.turns(before, work);
    boolean again = work.kind() == PairWork.Kind.RESCORE && !turns;
    if (again && (before == null || before.scoredBy().equals(choice.key()))) {
      return;
    }
    AspectsReducer.Applied applied = reducer.apply(before, work, result.touched());
    if (again) {
      rescored.inc();
    }
    if (turns) {
      turned.inc();
    }
    if (work.kind() == PairWork.Kind.COMPUTE) {
      recomputed.inc();
    }
    PairAspectsRecord after = publish(before, applied, work, choice, context, out);
    if (after != null && choice.bySigns() && !isScored(applied) && work.changesSigns()) {
      PairWork rescore = work.rescore();
      AspectsReducer.Applied anew = reducer.apply(after, rescore, AspectSet.EMPTY);
      after = publish(after, anew, work, choice, context, out);
    }
    if (!Objects.equals(after, before)) {
      hot().update(work.pairId(), after);
    }
  }

  private static boolean isScored(AspectsReducer.Applied applied) {
    PairUpdate update = applied.update();
    return update != null && !update.regroups();
  }

  /** Publishes what there is to say; returns what is kept of the pair. */
  private @Nullable PairAspectsRecord publish(
      @Nullable PairAspectsRecord before,
      AspectsReducer.Applied applied,
      PairWork work,
      Choice choice,
      Context context,
      Collector<PairUpdate> out) {
    PairAspectsRecord after = applied.after();
    PairUpdate update = applied.update();
    if (update == null) {
      return after;
    }
    Served was = before == null ? null : before.inArm();
    if (update.regroups()) {
      out.collect(update.with(was).after(was));
      return after;
    }
    PairUpdate published = scored(update.after(was), work, choice, context);
    out.collect(published);
    return after == null ? null : after.scoredBy(choice.key(), published.served());
  }

  private PairUpdate scored(PairUpdate update, PairWork work, Choice choice, Context context) {
    long now = context.timerService().currentProcessingTime();
    count(update, now);
    Exposure exposure =
        choice.inExperiment() && !update.closed()
            ? recent.exposure(choice, work.pairId(), work.chartA(), exposedAt(work, now))
            : null;
    if (exposure != null) {
      context.output(Exposures.TAG, exposure);
    }
    PairUpdate scored = serving().score(update, work, choice);
    if (serving().measuresDue(now)) {
      for (Contribution change : serving().measures()) {
        context.output(FeedbackStates.SCORE_MEASURES, change);
      }
    }
    return scored;
  }

  /** A walk comes by a pair long after the record that began the walk. */
  private static long exposedAt(PairWork work, long now) {
    boolean walked = work.kind() == PairWork.Kind.RESCORE || work.kind() == PairWork.Kind.TURN;
    return walked ? now : PairServing.time(work);
  }

  @Override
  protected void send(SideOutput out) {
    for (Contribution change : serving().measures()) {
      out.put(FeedbackStates.SCORE_MEASURES, change);
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
  protected ValueStateDescriptor<PairAspectsRecord> values() {
    return AspectStates.aspects();
  }

  @Override
  protected int bytesOf(PairAspectsRecord value) {
    return HEAP_BYTES;
  }

  @Override
  public void close() {
    if (kernels != null) {
      kernels.forEach(AspectKernel::close);
    }
  }

  @Override
  public TypeInformation<PairUpdate> getProducedType() {
    return RecordTypes.PAIR_UPDATE;
  }
}
