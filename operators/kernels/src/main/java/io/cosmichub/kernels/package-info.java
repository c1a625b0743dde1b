/** From two charts to the aspects that hold between them: the kernels and their choice. */
@NullMarked
package io.cosmichub.kernels;

import org.jspecify.annotations.NullMarked;
