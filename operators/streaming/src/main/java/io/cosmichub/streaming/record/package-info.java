/** Hand-written, versioned serializers of the records that cross an edge or enter state. */
@NullMarked
package io.cosmichub.streaming.record;

import org.jspecify.annotations.NullMarked;
