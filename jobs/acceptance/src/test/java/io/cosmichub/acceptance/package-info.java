/**
 * End to end, faults, and the rules of the architecture: what the other modules promise together.
 */
@NullMarked
package io.cosmichub.acceptance;

import org.jspecify.annotations.NullMarked;
