/**
 * The messages on the topics: their schema, their codecs, the topics themselves and the codes of
 * dead letters.
 */
@NullMarked
package io.cosmichub.contracts;

import org.jspecify.annotations.NullMarked;
