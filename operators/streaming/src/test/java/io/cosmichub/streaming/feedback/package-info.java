@NullMarked
package io.cosmichub.streaming.feedback;

import org.jspecify.annotations.NullMarked;
