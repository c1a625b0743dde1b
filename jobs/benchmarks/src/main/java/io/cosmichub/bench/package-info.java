/** What the whole pipeline costs, beside the same graph without its logic. */
@NullMarked
package io.cosmichub.bench;

import org.jspecify.annotations.NullMarked;
