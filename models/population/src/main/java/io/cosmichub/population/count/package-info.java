/** Exact counts of charts and pairs that can be added, merged and taken back. */
@NullMarked
package io.cosmichub.population.count;

import org.jspecify.annotations.NullMarked;
