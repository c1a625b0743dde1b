/** What the gateway is told: keys, where they are read from, and what they become. */
@NullMarked
package io.cosmichub.gateway.settings;

import org.jspecify.annotations.NullMarked;
