package io.cosmichub.streaming.pair;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.PairReducer;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.hot.HotKeyedFunction;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.util.Collector;

/** Leaves the state that the head left when it kept nothing of who scores; sends no work. */
final class HeadOfBefore extends HotKeyedFunction<SideUpdate, PairWork, PairRecord> {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final byte[] flag;

  /** Was told of one flag. */
  HeadOfBefore(Control.Flag flag) {
    super(1 << 20);
    this.name = flag.name();
    this.flag = ControlBytes.of(flag);
  }

  @Override
  protected void restore(FunctionInitializationContext context) throws Exception {
    context.getOperatorStateStore().getBroadcastState(PairStates.rescoring()).put(name, flag);
  }

  @Override
  public void processElement(SideUpdate update, Context context, Collector<PairWork> out) {
    PairReducer reducer = new PairReducer(AspectPolicy.classic().bodyMask());
    PairRecord before = hot().value(update.pairId());
    hot().update(update.pairId(), reducer.apply(before, update).after());
  }

  @Override
  protected ValueStateDescriptor<PairRecord> values() {
    return PairStates.pair();
  }

  @Override
  protected int bytesOf(PairRecord value) {
    return value.heapBytes();
  }
}
