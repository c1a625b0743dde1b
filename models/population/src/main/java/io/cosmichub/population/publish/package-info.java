/** What is published of a window, and what is withheld. */
@NullMarked
package io.cosmichub.population.publish;

import org.jspecify.annotations.NullMarked;
