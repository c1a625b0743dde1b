/** The pages of members that one chart fans out to. */
@NullMarked
package io.cosmichub.fanout;

import org.jspecify.annotations.NullMarked;
