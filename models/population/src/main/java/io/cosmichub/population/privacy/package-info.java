/** What may be published: nothing that rests on fewer people than a threshold. */
@NullMarked
package io.cosmichub.population.privacy;

import org.jspecify.annotations.NullMarked;
