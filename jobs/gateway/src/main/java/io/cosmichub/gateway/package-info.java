/** The gateway's process: put together and started. */
@NullMarked
package io.cosmichub.gateway;

import org.jspecify.annotations.NullMarked;
