/** Named figures, such as the grand trine, in one chart and across the two charts of a pair. */
@NullMarked
package io.cosmichub.population.shape;

import org.jspecify.annotations.NullMarked;
