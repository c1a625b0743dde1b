/**
 * What happened within a window of event time: exact counts, and sketches where those would not
 * fit.
 */
@NullMarked
package io.cosmichub.population.window;

import org.jspecify.annotations.NullMarked;
