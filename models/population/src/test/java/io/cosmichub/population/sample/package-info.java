@NullMarked
package io.cosmichub.population.sample;

import org.jspecify.annotations.NullMarked;
