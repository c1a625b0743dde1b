package io.cosmichub.contracts;

/** What a decoder made of a record: a message, an erasure, or the reason why it is neither. */
public sealed interface Decoded<T> permits Decoded.Value, Decoded.Erase, Decoded.Malformed {

  /** A message that keeps every rule of the contract. */
  record Value<T>(T value) implements Decoded<T> {}

  /** A tombstone: whatever the topic holds under this key is to be forgotten. */
  record Erase<T>(String key) implements Decoded<T> {}

  /**
   * A record for the dead-letter topic; the reason is one sentence that quotes nothing of the
   * payload.
   */
  record Malformed<T>(DeadLetterCode code, String reason) implements Decoded<T> {}
}
