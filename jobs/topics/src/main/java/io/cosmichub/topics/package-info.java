/** The records of the contract as Kafka has them, and topics read to their ends. */
@NullMarked
package io.cosmichub.topics;

import org.jspecify.annotations.NullMarked;
