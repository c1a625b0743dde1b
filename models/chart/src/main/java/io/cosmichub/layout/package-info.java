/** Versioned byte layouts of state: a writer and a reader that refuses what it does not know. */
@NullMarked
package io.cosmichub.layout;

import org.jspecify.annotations.NullMarked;
