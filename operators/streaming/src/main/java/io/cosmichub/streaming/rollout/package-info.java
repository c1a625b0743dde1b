/** What the steps of the pairs are told: flags, and whatever else holds under a name. */
@NullMarked
package io.cosmichub.streaming.rollout;

import org.jspecify.annotations.NullMarked;
