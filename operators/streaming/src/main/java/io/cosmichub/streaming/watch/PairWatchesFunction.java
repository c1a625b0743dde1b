package io.cosmichub.streaming.watch;

import io.cosmichub.chart.ChartKey;
import io.cosmichub.chart.Outcome;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.EventTime;
import io.cosmichub.pair.MembershipChange;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.pair.WatchEntry;
import io.cosmichub.pair.WatchReducer;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.ingest.WatchInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by pair: settles which charts a pair watches, numbers each accepted watch with an epoch
 * that only rises for its pair, and tells the charts what they gain and lose. A conflicting watch
 * leaves by the side output of dead letters.
 */
public final class PairWatchesFunction
    extends KeyedProcessFunction<String, WatchInput, KeyedMembership>
    implements CheckpointedFunction, ResultTypeQueryable<KeyedMembership> {

  /** The name of this step in dead letters. */
  public static final String STAGE = "pair-watches";

  // Configuration.
  private final String erasureKey;

  // Runtime.
  private transient WatchReducer reducer;
  private transient ChartKey chartKey;
  private transient Accounting accounting;
  private transient ValueState<WatchEntry> watch;
  private transient @Nullable ListState<Long> lastEpochs;
  private transient long lastEpoch;

  /** Keys charts by the keyed hash of their ids with the secret {@code erasureKey}. */
  public PairWatchesFunction(String erasureKey) {
    this.erasureKey = Objects.requireNonNull(erasureKey, "erasureKey");
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    ListState<Long> ofAllSubtasks =
        context.getOperatorStateStore().getUnionListState(WatchStates.lastEpochs());
    lastEpoch = 0;
    for (long epoch : ofAllSubtasks.get()) {
      lastEpoch = Math.max(lastEpoch, epoch);
    }
    lastEpochs = ofAllSubtasks;
  }

  @Override
  public void open(OpenContext context) {
    reducer = new WatchReducer();
    chartKey = new ChartKey(erasureKey.getBytes(StandardCharsets.UTF_8));
    accounting = new Accounting(getRuntimeContext().getMetricGroup());
    watch = getRuntimeContext().getState(WatchStates.watch());
  }

  @Override
  public void processElement(WatchInput input, Context context, Collector<KeyedMembership> out)
      throws Exception {
    WatchEntry before = watch.value();
    PairWatch wanted = input.watch();
    WatchReducer.Applied applied =
        wanted == null
            ? reducer.unwatch(before, input.pairId())
            : reducer.watch(before, wanted, lastEpoch + 1);
    accounting.settled(input.origin().topic(), applied.outcome());
    if (applied.outcome() == Outcome.CONFLICT) {
      DeadLetterCode code = DeadLetterCode.WATCH_CONFLICT;
      context.output(
          DeadLetters.TAG, new DeadLetter(input.origin(), code, code.description(), STAGE));
    }
    lastEpoch += applied.tookEpoch() ? 1 : 0;
    keep(before, applied.after());
    long effectiveAt = EventTime.of(input.origin());
    long ingestedAt = Math.max(0, input.origin().timestamp());
    for (MembershipChange change : applied.changes()) {
      String key = chartKey.of(change.chartId());
      out.collect(new KeyedMembership(key, change, effectiveAt, ingestedAt));
    }
  }

  private void keep(@Nullable WatchEntry before, @Nullable WatchEntry after) throws Exception {
    if (after == null) {
      watch.clear();
    } else if (!after.equals(before)) {
      watch.update(after);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    Objects.requireNonNull(lastEpochs).update(List.of(lastEpoch));
  }

  @Override
  public TypeInformation<KeyedMembership> getProducedType() {
    return KeyedMembership.TYPE;
  }
}
