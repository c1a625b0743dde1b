package io.cosmichub.contracts;

/**
 * Why a record was refused. The names are part of the contract: they travel in the header {@code
 * cosmichub.dlq.code} and are never renamed or given another meaning.
 */
public enum DeadLetterCode {
  BROKEN_JSON("the value is not one JSON object, in UTF-8, of the shape of the message"),
  BROKEN_PROTOBUF("the value is not the Protobuf encoding of the message"),
  EMPTY_VALUE("the value is empty, or null on a topic that has no tombstones"),
  UNKNOWN_CONTENT_TYPE(
      "the content-type header names neither application/json nor application/protobuf"),
  TOO_LARGE("the value is larger than 64 KiB, or, on the control topic, than 896 KiB"),
  TOO_DEEP("the value nests deeper than 16 levels"),
  ID_MISSING("an id is absent or empty"),
  ID_TOO_LONG("an id has more than 128 characters"),
  ID_CONTROL_CHARACTER("an id holds a control character"),
  KEY_MISSING("the record has no key"),
  KEY_NOT_UTF8("the record's key is not UTF-8"),
  KEY_MISMATCH("the record's key is not the id in its value"),
  REVISION_MISSING("a chart has no revision"),
  REVISION_NEGATIVE("a revision is negative"),
  LONGITUDE_MISSING("a position has no longitude"),
  LONGITUDE_NOT_FINITE("a longitude is NaN or infinite"),
  LONGITUDE_OUT_OF_RANGE("a longitude is below 0 or not below 360 degrees"),
  SPEED_NOT_FINITE("a speed is NaN or infinite"),
  SPEED_OUT_OF_RANGE("a speed is more than 2,000 degrees a day"),
  UNKNOWN_BODY("positions name a body that does not exist"),
  DUPLICATE_BODY("positions name a body twice"),
  CUSPS_INVALID("cusps are not twelve longitudes"),
  COHORTS_INVALID("there are more than 64 cohorts, one is named twice, or one has no valid name"),
  TIMESTAMP_INVALID("a time is not an RFC 3339 instant of the years 1 to 9999"),
  TIMESTAMP_AHEAD("the time lies further ahead than allowed (a day unless configured)"),
  PARTIAL_ON_COMPACTED(
      "a partial chart came on the compacted topic, where compaction would lose the rest"),
  SELF_PAIR("a pair is of a chart with itself"),
  REVISION_CONFLICT("a chart of the same revision and other content was applied before"),
  WATCH_CONFLICT("a watch of the same revision and other charts was applied before"),
  FEEDBACK_INVALID(
      "feedback has no kind, or one that is no name or is reserved, or no value from 0 to 1"),
  FEEDBACK_CONFLICT(
      "feedback of the same pair, kind and time and of another value was applied before"),
  CONTROL_INVALID(
      "a control record has no valid name or version, is not exactly one of model, experiment, rollout and"
          + " pause, or breaks a rule of its fields"),
  EXPERIMENT_INVALID("an experiment breaks a rule of its definition; the message names all"),
  ROLLOUT_INVALID(
      "a rollout flag has no feature, no salt, a share beyond 0 to 1, wrong models, or a wrong policy"),
  POLICY_UNKNOWN("a rollout flag names an aspect policy that the job is not configured with"),
  CONTROL_CONFLICT(
      "a control record of the same name and version and other content was applied before, or a"
          + " model or an experiment is not above the version of it that was removed"),
  ARTIFACT_UNREADABLE(
      "the artifact that a model refers to cannot be read, or there is no folder of models"),
  ARTIFACT_TOO_LARGE(
      "an artifact is larger than 8 MiB, or has more than 4,096 golden predictions or"
          + " 256 other fields"),
  ARTIFACT_JAVA_SERIALIZED("an artifact begins like a Java serialization stream"),
  ARTIFACT_HASH_MISMATCH("an artifact has another SHA-256 than announced"),
  ARTIFACT_BROKEN("an artifact is no message, or a broken one"),
  ARTIFACT_FORMAT_UNKNOWN("an artifact is of a later format"),
  ARTIFACT_SCHEMA_MISMATCH("a model was trained with other features than the job extracts"),
  ARTIFACT_MODEL_BROKEN("the numbers of an artifact make no model"),
  ARTIFACT_TOO_SLOW(
      "a model takes longer than 10,000 products of two numbers: of a linear model its features, of a"
          + " factorization machine one more row of them for each factor, of trees the sum of their depths times"
          + " 8, and 1 for one that is a leaf, and as much again for each 8,192 nodes, of which there are fewer"
          + " than 532,480"),
  ARTIFACT_GOLDEN_MISSING("an artifact has fewer than eight golden predictions"),
  ARTIFACT_GOLDEN_DIFFERS("a model does not answer as its trainer's model did");

  private final String description;

  DeadLetterCode(String description) {
    this.description = description;
  }

  /** One line for documents and dashboards. */
  public String description() {
    return description;
  }
}
