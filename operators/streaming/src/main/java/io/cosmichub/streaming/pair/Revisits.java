package io.cosmichub.streaming.pair;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Policies;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * Which pairs are looked at again though nothing moved in them, and what for: to be scored by whom
 * the flags say now, and to be put under another aspect policy. What is not done is state, so that
 * it begins again after a restore. Of one task thread.
 */
final class Revisits {

  private static final long NO_WALK = -1;

  private final Rescoring rescoring;
  private final Scorers scorers;
  private final PolicyRollout rollout;
  private final Policies policies;
  private final ListState<Long> rescores;
  private final ListState<Long> turns;
  private final ListState<String> candidate;
  private long rescoresFor;
  private long turnsFor;

  /**
   * Goes on where it was. {@link IllegalStateException} if pairs are under a candidate that is not
   * the one of {@code policies}: what they hold could not be told any more.
   */
  Revisits(Policies policies, FunctionInitializationContext context) throws Exception {
    OperatorStateStore store = context.getOperatorStateStore();
    this.policies = policies;
    scorers = new Scorers(context);
    rescoring = new Rescoring(store.getBroadcastState(PairStates.rescoring()));
    rollout = new PolicyRollout(policies, store.getBroadcastState(PairStates.policies()));
    rescores = store.getUnionListState(PairStates.walk());
    turns = store.getUnionListState(PairStates.turns());
    candidate = store.getUnionListState(PairStates.candidate());
    rescoresFor = latest(rescores);
    turnsFor = latest(turns);
    for (String definition : candidate.get()) {
      if (!definition.equals(definition())) {
        throw new IllegalStateException(
            "pairs are under the aspect policy '"
                + definition
                + "', and this job has "
                + policies
                + ": configure it as the candidate again, as it was, and remove its flag first");
      }
    }
  }

  /** Who is under which policy. */
  PolicyRollout rollout() {
    return rollout;
  }

  /**
   * Takes what is told; whether all pairs are to be walked anew, or not any more. What has no pair
   * scored by another and asks for nothing leaves a walk where it is.
   */
  boolean told(Told news, long ingestedAt) throws Exception {
    boolean asked = rescoring.told(news);
    boolean otherwise = scorers.told(news);
    boolean turn = rollout.told(news);
    if (turn) {
      turnsFor = ingestedAt;
    }
    if (!rescoring.any()) {
      boolean ends = rescoresFor != NO_WALK && turnsFor == NO_WALK;
      rescoresFor = NO_WALK;
      return turn || ends;
    }
    boolean score = asked || otherwise;
    if (score) {
      rescoresFor = ingestedAt;
    }
    return turn || score;
  }

  /** Whether there is a walk to do. */
  boolean due() {
    return rescoresFor != NO_WALK || turnsFor != NO_WALK;
  }

  /** All pairs were looked at. */
  void done() {
    rescoresFor = NO_WALK;
    turnsFor = NO_WALK;
  }

  /** What for a pair is looked at in a walk; null: for nothing. */
  PairWork.@Nullable Kind kind(String pairId) {
    if (rescoresFor != NO_WALK && rescoring.includes(pairId)) {
      return PairWork.Kind.RESCORE;
    }
    return turnsFor == NO_WALK ? null : PairWork.Kind.TURN;
  }

  /** When what a walk is for came in. */
  long ingestedAt(PairWork.Kind kind) {
    return kind == PairWork.Kind.RESCORE ? rescoresFor : turnsFor;
  }

  /** Keeps what is not done, with a checkpoint. */
  void keep() throws Exception {
    rescores.update(rescoresFor == NO_WALK ? List.of() : List.of(rescoresFor));
    turns.update(turnsFor == NO_WALK ? List.of() : List.of(turnsFor));
    String definition = definition();
    boolean used = rollout.any() || turnsFor != NO_WALK;
    candidate.update(used && definition != null ? List.of(definition) : List.of());
  }

  private @Nullable String definition() {
    AspectPolicy other = policies.candidate();
    return other == null ? null : other.definition();
  }

  private static long latest(ListState<Long> times) throws Exception {
    long latest = NO_WALK;
    for (long told : times.get()) {
      latest = Math.max(latest, told);
    }
    return latest;
  }
}
