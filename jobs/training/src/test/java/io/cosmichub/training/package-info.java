/** Training on data whose truth is known. */
@NullMarked
package io.cosmichub.training;

import org.jspecify.annotations.NullMarked;
