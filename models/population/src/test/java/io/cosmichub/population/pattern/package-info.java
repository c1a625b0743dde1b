@NullMarked
package io.cosmichub.population.pattern;

import org.jspecify.annotations.NullMarked;
