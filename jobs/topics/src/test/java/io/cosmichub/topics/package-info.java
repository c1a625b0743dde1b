@NullMarked
package io.cosmichub.topics;

import org.jspecify.annotations.NullMarked;
