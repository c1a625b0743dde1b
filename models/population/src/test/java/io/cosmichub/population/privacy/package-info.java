@NullMarked
package io.cosmichub.population.privacy;

import org.jspecify.annotations.NullMarked;
