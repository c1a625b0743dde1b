@NullMarked
package io.cosmichub.population.publish;

import org.jspecify.annotations.NullMarked;
