/** All steps in a real runtime, over inputs that end. */
@NullMarked
package io.cosmichub.streaming.bounded;

import org.jspecify.annotations.NullMarked;
