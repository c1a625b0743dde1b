@NullMarked
package io.cosmichub.population.window;

import org.jspecify.annotations.NullMarked;
