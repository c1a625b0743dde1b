/** Steps 4 and 5: the kernel call, and the aspect set of each pair with its deltas and score. */
@NullMarked
package io.cosmichub.streaming.aspect;

import org.jspecify.annotations.NullMarked;
