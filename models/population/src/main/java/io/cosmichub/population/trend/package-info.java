/** What deviates from its own past by more than chance, and the sentences that say so. */
@NullMarked
package io.cosmichub.population.trend;

import org.jspecify.annotations.NullMarked;
