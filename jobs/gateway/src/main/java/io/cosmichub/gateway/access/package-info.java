/** Who may connect, and what they may see and write. */
@NullMarked
package io.cosmichub.gateway.access;

import org.jspecify.annotations.NullMarked;
