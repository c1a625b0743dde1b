/** Pairs collected into batches, for kernels that a call has to travel to. */
@NullMarked
package io.cosmichub.kernels.batch;

import org.jspecify.annotations.NullMarked;
