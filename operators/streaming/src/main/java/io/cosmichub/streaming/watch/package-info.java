/** The step of pair watches: settles what is watched, and tells the two charts of each pair. */
@NullMarked
package io.cosmichub.streaming.watch;

import org.jspecify.annotations.NullMarked;
