package io.cosmichub.quickstart;

import io.cosmichub.contracts.InputRecord;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceSplit;

/**
 * One CSV file and how far it was read.
 *
 * @param rowsRead rows that a reader has handed on already
 */
record CsvSplit(String file, Content content, long rowsRead)
    implements IteratorSourceSplit<InputRecord, CsvRows>, Serializable {

  /** The version of the serialized form. */
  static final int VERSION = 1;

  /** What the rows of a file are; the codes are stable. */
  enum Content {
    CHARTS(1),
    PAIRS(2);

    private final int code;

    Content(int code) {
      this.code = code;
    }

    private static Content of(int code) throws IOException {
      for (Content content : values()) {
        if (content.code == code) {
          return content;
        }
      }
      throw new IOException("no content has the code " + code);
    }
  }

  /** All rows of a file of charts. */
  static CsvSplit charts(Path file) {
    return new CsvSplit(file.toString(), Content.CHARTS, 0);
  }

  /** All rows of a file of pairs. */
  static CsvSplit pairs(Path file) {
    return new CsvSplit(file.toString(), Content.PAIRS, 0);
  }

  @Override
  public String splitId() {
    return content + ":" + file;
  }

  @Override
  public CsvRows getIterator() {
    return CsvRows.open(this);
  }

  @Override
  public CsvSplit getUpdatedSplitForIterator(CsvRows rows) {
    return new CsvSplit(file, content, rows.read());
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(file);
    out.writeByte(content.code);
    out.writeLong(rowsRead);
  }

  static CsvSplit read(int version, DataInputStream in) throws IOException {
    if (version != VERSION) {
      throw new IOException("a split of version " + version + " cannot be read");
    }
    return new CsvSplit(in.readUTF(), Content.of(in.readByte()), in.readLong());
  }
}
