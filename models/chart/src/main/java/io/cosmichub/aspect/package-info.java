/** Aspects, policies, packed aspect sets and the deltas between them. */
@NullMarked
package io.cosmichub.aspect;

import org.jspecify.annotations.NullMarked;
