@NullMarked
package io.cosmichub.population.trend;

import org.jspecify.annotations.NullMarked;
