@NullMarked
package io.cosmichub.quickstart;

import org.jspecify.annotations.NullMarked;
