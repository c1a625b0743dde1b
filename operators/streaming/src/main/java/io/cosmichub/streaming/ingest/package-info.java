/**
 * Step 1: from raw records to decoded inputs, dead letters, and the accounting of every record
 * read.
 */
@NullMarked
package io.cosmichub.streaming.ingest;

import org.jspecify.annotations.NullMarked;
