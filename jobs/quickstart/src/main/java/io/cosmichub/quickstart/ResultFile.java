package io.cosmichub.quickstart;

import io.cosmichub.contracts.Topics;

/** The files that files in, files out writes; a code says in a spool which file a line is for. */
enum ResultFile {
  DELTAS(1, "deltas.jsonl"),
  ASPECTS(2, "aspects.jsonl"),
  SCORES(3, "scores.jsonl"),
  DEAD_LETTERS(4, "dead-letters.jsonl");

  private final int code;
  private final String fileName;

  ResultFile(int code, String fileName) {
    this.code = code;
    this.fileName = fileName;
  }

  int code() {
    return code;
  }

  String fileName() {
    return fileName;
  }

  /** The file of what goes to an output topic. */
  static ResultFile ofTopic(String topic) {
    return switch (topic) {
      case Topics.SYNASTRY_DELTAS -> DELTAS;
      case Topics.SYNASTRY_ASPECTS -> ASPECTS;
      case Topics.SYNASTRY_SCORES -> SCORES;
      default -> throw new IllegalArgumentException("no file holds what goes to " + topic);
    };
  }

  static ResultFile ofCode(int code) {
    for (ResultFile file : values()) {
      if (file.code == code) {
        return file;
      }
    }
    throw new IllegalArgumentException("no file has the code " + code);
  }
}
