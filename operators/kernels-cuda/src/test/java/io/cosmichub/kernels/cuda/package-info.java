/** The kernel on a device of compiled device code, on a GPU where there is one, and its parts. */
@NullMarked
package io.cosmichub.kernels.cuda;

import org.jspecify.annotations.NullMarked;
