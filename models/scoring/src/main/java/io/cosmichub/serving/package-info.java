/** What is served to which pair: models, experiments and flags together. */
@NullMarked
package io.cosmichub.serving;

import org.jspecify.annotations.NullMarked;
