@NullMarked
package io.cosmichub.gateway.settings;

import org.jspecify.annotations.NullMarked;
