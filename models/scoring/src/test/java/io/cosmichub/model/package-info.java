/** Models and what an artifact must pass. */
@NullMarked
package io.cosmichub.model;

import org.jspecify.annotations.NullMarked;
