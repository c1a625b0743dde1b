package io.cosmichub.quickstart;

import io.cosmichub.contracts.InputRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceEnumerator;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReader;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A bounded stream of the rows of CSV files as records of an input topic; each file is one split.
 */
final class CsvSource implements Source<InputRecord, CsvSplit, Collection<CsvSplit>> {

  private static final long serialVersionUID = 1L;

  private final CsvSplit[] splits;

  private CsvSource(CsvSplit... splits) {
    this.splits = splits;
  }

  /** The rows of one file. */
  static CsvSource of(CsvSplit file) {
    return new CsvSource(file);
  }

  /** No rows at all. */
  static CsvSource none() {
    return new CsvSource();
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<InputRecord, CsvSplit> createReader(SourceReaderContext context) {
    return new IteratorSourceReader<>(context);
  }

  @Override
  public SplitEnumerator<CsvSplit, Collection<CsvSplit>> createEnumerator(
      SplitEnumeratorContext<CsvSplit> context) {
    return restoreEnumerator(context, List.of(splits));
  }

  @Override
  public SplitEnumerator<CsvSplit, Collection<CsvSplit>> restoreEnumerator(
      SplitEnumeratorContext<CsvSplit> context, Collection<CsvSplit> unread) {
    return new IteratorSourceEnumerator<>(context, new ArrayList<>(unread));
  }

  @Override
  public SimpleVersionedSerializer<CsvSplit> getSplitSerializer() {
    return new SplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Collection<CsvSplit>> getEnumeratorCheckpointSerializer() {
    return new SplitsSerializer();
  }

  private static final class SplitSerializer implements SimpleVersionedSerializer<CsvSplit> {

    @Override
    public int getVersion() {
      return CsvSplit.VERSION;
    }

    @Override
    public byte[] serialize(CsvSplit split) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      split.write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    }

    @Override
    public CsvSplit deserialize(int version, byte[] serialized) throws IOException {
      return CsvSplit.read(version, new DataInputStream(new ByteArrayInputStream(serialized)));
    }
  }

  private static final class SplitsSerializer
      implements SimpleVersionedSerializer<Collection<CsvSplit>> {

    @Override
    public int getVersion() {
      return CsvSplit.VERSION;
    }

    @Override
    public byte[] serialize(Collection<CsvSplit> splits) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(splits.size());
      for (CsvSplit split : splits) {
        split.write(out);
      }
      return bytes.toByteArray();
    }

    @Override
    public Collection<CsvSplit> deserialize(int version, byte[] serialized) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
      List<CsvSplit> splits = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        splits.add(CsvSplit.read(version, in));
      }
      return splits;
    }
  }
}
