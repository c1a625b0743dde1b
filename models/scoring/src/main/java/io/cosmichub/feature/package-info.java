/** The features of a pair, and how a batch of pairs gets them. */
@NullMarked
package io.cosmichub.feature;

import org.jspecify.annotations.NullMarked;
