/**
 * Everything in one process: a real broker, a Flink mini cluster and the sample data for a first
 * look, and the same topology over files.
 */
@NullMarked
package io.cosmichub.quickstart;

import org.jspecify.annotations.NullMarked;
