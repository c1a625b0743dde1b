package io.cosmichub.streaming.pair;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Policies;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.rollout.FirstFlag;
import java.util.Objects;
import org.apache.flink.api.common.state.BroadcastState;
import org.jspecify.annotations.Nullable;

/**
 * Under which aspect policy a pair is: that of the job, unless a flag has it among the share that
 * is under the candidate. Of one task thread.
 */
final class PolicyRollout {

  private final Policies policies;
  private final FirstFlag flag;
  private volatile @Nullable Rollout rollout;

  /** Goes on with what was told before. */
  PolicyRollout(Policies policies, BroadcastState<String, byte[]> told) throws Exception {
    this.policies = policies;
    flag = new FirstFlag(Rollout.Feature.POLICY, told);
    rollout = ofCandidate();
  }

  /** Keeps what is told if it is a flag of policies, or was one; whether pairs have to turn. */
  boolean told(Told news) throws Exception {
    flag.told(news);
    Rollout before = rollout;
    Rollout now = ofCandidate();
    rollout = now;
    return !Objects.equals(before, now);
  }

  /** Work as it is done under the policy of its pair. */
  PairWork mark(PairWork work) {
    Rollout now = rollout;
    AspectPolicy candidate = policies.candidate();
    return now != null && candidate != null && now.includes(work.pairId())
        ? work.under(candidate.id())
        : work;
  }

  /** Whether any pair is to be under the candidate. */
  boolean any() {
    return rollout != null;
  }

  /** Which share of all pairs is, 0 to 1. Safe for any thread. */
  double share() {
    Rollout now = rollout;
    return now == null ? 0 : now.share();
  }

  private @Nullable Rollout ofCandidate() {
    Control.Flag now = flag.get();
    return now != null && policies.isCandidate(now.policy()) && now.rollout().share() > 0
        ? now.rollout()
        : null;
  }
}
