/** Tests of the values on the heap. */
@NullMarked
package io.cosmichub.streaming.hot;

import org.jspecify.annotations.NullMarked;
