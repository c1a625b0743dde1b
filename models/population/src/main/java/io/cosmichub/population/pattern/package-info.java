/** Which aspects come together more often than chance would have it. */
@NullMarked
package io.cosmichub.population.pattern;

import org.jspecify.annotations.NullMarked;
