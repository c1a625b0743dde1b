@NullMarked
package io.cosmichub.population.shape;

import org.jspecify.annotations.NullMarked;
