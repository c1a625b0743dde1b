package io.cosmichub.streaming.ingest;

import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.InputRecord;

/**
 * A record that is at fault, as it came, and why. The reason never contains a longitude.
 *
 * @param origin the raw record
 * @param code the stable code of the fault
 * @param reason the fault in words
 * @param stage the step that found it
 */
public record DeadLetter(InputRecord origin, DeadLetterCode code, String reason, String stage) {}
