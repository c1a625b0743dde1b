@NullMarked
package io.cosmichub.gateway.feed;

import org.jspecify.annotations.NullMarked;
