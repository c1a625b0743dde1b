/** Features against a plain extraction by name. */
@NullMarked
package io.cosmichub.feature;

import org.jspecify.annotations.NullMarked;
