@NullMarked
package io.cosmichub.serving;

import org.jspecify.annotations.NullMarked;
