/** Random histories through all keyed steps, held against a model of a few lines. */
@NullMarked
package io.cosmichub.streaming.history;

import org.jspecify.annotations.NullMarked;
