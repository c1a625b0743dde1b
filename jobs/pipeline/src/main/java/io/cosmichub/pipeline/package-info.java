/** The job: the whole topology, its configuration, and Kafka at both ends. */
@NullMarked
package io.cosmichub.pipeline;

import org.jspecify.annotations.NullMarked;
