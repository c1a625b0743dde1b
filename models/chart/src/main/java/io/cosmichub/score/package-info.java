/** The rule-based compatibility score. */
@NullMarked
package io.cosmichub.score;

import org.jspecify.annotations.NullMarked;
