@NullMarked
package io.cosmichub.gateway;

import org.jspecify.annotations.NullMarked;
