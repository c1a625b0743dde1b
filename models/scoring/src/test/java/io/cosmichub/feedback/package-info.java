@NullMarked
package io.cosmichub.feedback;

import org.jspecify.annotations.NullMarked;
