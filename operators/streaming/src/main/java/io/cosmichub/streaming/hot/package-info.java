/** The values of the keys that are used most, on the heap, in front of the state backend. */
@NullMarked
package io.cosmichub.streaming.hot;

import org.jspecify.annotations.NullMarked;
