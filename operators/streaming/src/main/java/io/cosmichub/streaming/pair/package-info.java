/** Step 3: both sides of a pair, and what has to be computed for it. */
@NullMarked
package io.cosmichub.streaming.pair;

import org.jspecify.annotations.NullMarked;
