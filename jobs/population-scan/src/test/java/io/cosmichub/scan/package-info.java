@NullMarked
package io.cosmichub.scan;

import org.jspecify.annotations.NullMarked;
