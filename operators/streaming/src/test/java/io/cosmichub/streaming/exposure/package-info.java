@NullMarked
package io.cosmichub.streaming.exposure;

import org.jspecify.annotations.NullMarked;
