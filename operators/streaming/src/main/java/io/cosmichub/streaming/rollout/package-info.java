/** Flags that are on for a share of all pairs, where the steps of the pairs look at them. */
@NullMarked
package io.cosmichub.streaming.rollout;

import org.jspecify.annotations.NullMarked;
