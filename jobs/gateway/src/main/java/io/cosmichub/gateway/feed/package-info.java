/** From the topics and back to them. */
@NullMarked
package io.cosmichub.gateway.feed;

import org.jspecify.annotations.NullMarked;
