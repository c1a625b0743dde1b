/** The best matches of a chart among the others of its cohort, when it changes. */
@NullMarked
package io.cosmichub.streaming.matches;

import org.jspecify.annotations.NullMarked;
