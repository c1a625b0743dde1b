/**
 * What all charts and pairs show: parts of windows where the changes are, and windows where the
 * parts come together.
 */
@NullMarked
package io.cosmichub.streaming.population;

import org.jspecify.annotations.NullMarked;
