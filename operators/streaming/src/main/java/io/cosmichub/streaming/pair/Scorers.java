package io.cosmichub.streaming.pair;

import com.google.protobuf.ByteString;
import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import io.cosmichub.serving.Serving;
import io.cosmichub.streaming.rollout.ToldControls;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * Who scores, by the names of models alone: enough to know whether what is told may have a pair
 * scored by another. A job that goes on from a savepoint of before this was kept never heard all of
 * it, keeps nothing, and takes whatever may be about scores for such a change. Of one task thread.
 */
final class Scorers {

  private final @Nullable ToldControls told;
  private Serving serving = Serving.NOTHING;

  /** Goes on with what was told before. */
  Scorers(FunctionInitializationContext context) throws Exception {
    OperatorStateStore store = context.getOperatorStateStore();
    boolean heardAll =
        !context.isRestored()
            || store.getRegisteredBroadcastStateNames().contains(PairStates.scorers().getName());
    // Where it did not hear all, the state must not come to be: it would say at the next restore
    // that it had.
    told = heardAll ? new ToldControls(store.getBroadcastState(PairStates.scorers())) : null;
    if (told != null) {
      serving = read(told);
    }
  }

  /** Takes what is told; whether a pair may be scored by another now. */
  boolean told(Told news) throws Exception {
    if (told == null) {
      return !isOfOthers(news);
    }
    told.told(withoutArtifact(news));
    Serving before = serving;
    serving = read(told);
    return !serving.equals(before);
  }

  private static Serving read(ToldControls told) throws Exception {
    ToldControls.Content content = told.read();
    return Serving.byName(content.holding(), content.former());
  }

  private static Told withoutArtifact(Told news) {
    byte[] content = news.content();
    if (content == null || !(ControlBytes.read(content) instanceof Control.Model model)) {
      return news;
    }
    Control.Model known =
        new Control.Model(
            model.name(),
            model.version(),
            model.sha256(),
            ByteString.EMPTY,
            model.sha256(),
            model.schemaHash());
    return new Told(news.name(), ControlBytes.of(known));
  }

  /** Whether it is a flag of devices or of policies, which say nothing of scores. */
  private static boolean isOfOthers(Told news) {
    byte[] content = news.content();
    return content != null
        && ControlBytes.read(content) instanceof Control.Flag flag
        && (flag.rollout().feature() == Rollout.Feature.GPU
            || flag.rollout().feature() == Rollout.Feature.POLICY);
  }
}
