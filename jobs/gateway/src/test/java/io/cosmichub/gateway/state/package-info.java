@NullMarked
package io.cosmichub.gateway.state;

import org.jspecify.annotations.NullMarked;
