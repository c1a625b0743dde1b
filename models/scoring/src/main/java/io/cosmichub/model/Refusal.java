package io.cosmichub.model;

/** Why an artifact is refused. The names are stable: operators alert on them. */
public enum Refusal {
  /** Longer than a reader takes, or with more golden predictions. */
  TOO_LARGE,
  /** Begins like a Java serialization stream, which nothing here ever reads. */
  JAVA_SERIALIZED,
  /** Its SHA-256 is not the one announced. */
  HASH_MISMATCH,
  /** No artifact, or a broken one. */
  NOT_AN_ARTIFACT,
  /** Of a format that this reader does not know. */
  FORMAT_UNKNOWN,
  /** Trained with other features than the job extracts. */
  SCHEMA_MISMATCH,
  /** Its numbers make no model. */
  MODEL_BROKEN,
  /** It would hold up whoever scores a pair with it. */
  TOO_SLOW,
  /** Too few golden predictions to check it by. */
  GOLDEN_MISSING,
  /** It does not answer as its trainer's model did. */
  GOLDEN_DIFFERS
}
