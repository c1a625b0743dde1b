@NullMarked
package io.cosmichub.gateway.web;

import org.jspecify.annotations.NullMarked;
