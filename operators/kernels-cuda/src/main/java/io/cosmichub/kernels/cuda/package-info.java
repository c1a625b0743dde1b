/**
 * The kernel that computes on an NVIDIA GPU. What touches JCuda is in {@code Cuda…}; the rest knows
 * a {@code Device} and is tested with a device that is a process of compiled device code.
 */
@NullMarked
package io.cosmichub.kernels.cuda;

import org.jspecify.annotations.NullMarked;
