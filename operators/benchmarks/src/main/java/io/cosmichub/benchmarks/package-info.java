/** What the kernels cost, measured by JMH. */
@NullMarked
package io.cosmichub.benchmarks;

import org.jspecify.annotations.NullMarked;
