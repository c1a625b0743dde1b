/**
 * {@code ./run scan}: every chart against every chart, in blocks that survive a failure, and what
 * they show together.
 */
@NullMarked
package io.cosmichub.scan;

import org.jspecify.annotations.NullMarked;
