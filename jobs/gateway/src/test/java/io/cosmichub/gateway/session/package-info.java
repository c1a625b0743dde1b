@NullMarked
package io.cosmichub.gateway.session;

import org.jspecify.annotations.NullMarked;
