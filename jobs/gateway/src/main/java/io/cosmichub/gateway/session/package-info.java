/** One client: what it asked for, what it was told last, what it is to be told next. */
@NullMarked
package io.cosmichub.gateway.session;

import org.jspecify.annotations.NullMarked;
