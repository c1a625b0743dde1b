/** Feedback, joined to who was exposed to what, and summed up by experiment and arm. */
@NullMarked
package io.cosmichub.feedback;

import org.jspecify.annotations.NullMarked;
