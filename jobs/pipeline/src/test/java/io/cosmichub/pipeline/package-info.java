@NullMarked
package io.cosmichub.pipeline;

import org.jspecify.annotations.NullMarked;
