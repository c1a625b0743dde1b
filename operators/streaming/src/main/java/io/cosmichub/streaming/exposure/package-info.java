/** Who was scored as which arm of an experiment, each once a day. */
@NullMarked
package io.cosmichub.streaming.exposure;

import org.jspecify.annotations.NullMarked;
