/** What the gateway knows: the latest of each pair and chart, from the topics. */
@NullMarked
package io.cosmichub.gateway.state;

import org.jspecify.annotations.NullMarked;
