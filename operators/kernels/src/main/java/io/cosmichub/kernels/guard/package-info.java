/** What stands between a stream and a kernel: fallback, breaker and shadow check. */
@NullMarked
package io.cosmichub.kernels.guard;

import org.jspecify.annotations.NullMarked;
