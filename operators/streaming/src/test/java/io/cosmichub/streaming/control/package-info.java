@NullMarked
package io.cosmichub.streaming.control;

import org.jspecify.annotations.NullMarked;
