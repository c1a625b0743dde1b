/** A sample of what stands, by a hash of its id, for what cannot be a sum. */
@NullMarked
package io.cosmichub.population.sample;

import org.jspecify.annotations.NullMarked;
