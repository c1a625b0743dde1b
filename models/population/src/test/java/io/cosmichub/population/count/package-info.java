@NullMarked
package io.cosmichub.population.count;

import org.jspecify.annotations.NullMarked;
