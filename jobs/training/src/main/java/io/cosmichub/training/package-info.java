/** Training: data, split, trainers, gate, card. */
@NullMarked
package io.cosmichub.training;

import org.jspecify.annotations.NullMarked;
