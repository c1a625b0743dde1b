@NullMarked
package io.cosmichub.bench;

import org.jspecify.annotations.NullMarked;
