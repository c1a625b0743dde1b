/** Feedback joined to exposures, summed up by experiment, and judged. */
@NullMarked
package io.cosmichub.streaming.feedback;

import org.jspecify.annotations.NullMarked;
