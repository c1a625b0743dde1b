package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Policies;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Gives a task its aspect policy when it opens; travels to it with the job. */
public interface PolicySource extends Serializable {

  /** The policy, the same at every call. */
  AspectPolicy policy();

  /** What a flag may put a share of all pairs under instead, the same at every call; or null. */
  default @Nullable AspectPolicy candidate() {
    return null;
  }

  /** Both of them; {@link IllegalArgumentException} if they do not go together. */
  default Policies policies() {
    return new Policies(policy(), candidate());
  }
}
