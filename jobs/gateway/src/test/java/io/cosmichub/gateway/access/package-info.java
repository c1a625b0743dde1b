@NullMarked
package io.cosmichub.gateway.access;

import org.jspecify.annotations.NullMarked;
