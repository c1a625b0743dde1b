/** Step 2: the published chart, and the pairs that it is told to, page by page. */
@NullMarked
package io.cosmichub.streaming.fanout;

import org.jspecify.annotations.NullMarked;
