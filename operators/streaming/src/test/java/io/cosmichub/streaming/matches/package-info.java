@NullMarked
package io.cosmichub.streaming.matches;

import org.jspecify.annotations.NullMarked;
