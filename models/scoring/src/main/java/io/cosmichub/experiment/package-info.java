/** Experiments and rollout: who is in which arm, and what the figures allow to say. */
@NullMarked
package io.cosmichub.experiment;

import org.jspecify.annotations.NullMarked;
