/** Experiments, by simulation. */
@NullMarked
package io.cosmichub.experiment;

import org.jspecify.annotations.NullMarked;
