@NullMarked
package io.cosmichub.streaming.population;

import org.jspecify.annotations.NullMarked;
