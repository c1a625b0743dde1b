/** Watched pairs: who watches which charts, both sides of a pair, and its aspects over time. */
@NullMarked
package io.cosmichub.pair;

import org.jspecify.annotations.NullMarked;
