package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import java.io.Serializable;

/** Gives a task its aspect policy when it opens; travels to it with the job. */
public interface PolicySource extends Serializable {

  /** The policy, the same at every call. */
  AspectPolicy policy();
}
