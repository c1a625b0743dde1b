package io.cosmichub.streaming.matches;

import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes the best matches of a chart. */
public final class MatchListSerializer extends RecordSerializer<MatchList> {

  private static final int VERSION = 1;
  private static final int NONE = -1;

  /** The serializer of the current layout. */
  public MatchListSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(MatchList value, DataOutputView out) throws IOException {
    StringValue.writeString(value.chartId(), out);
    out.writeLong(value.revision());
    StringValue.writeString(value.cohort(), out);
    out.writeLong(value.at());
    out.writeInt(value.compared());
    List<Match> matches = value.matches();
    out.writeInt(matches == null ? NONE : matches.size());
    if (matches != null) {
      for (Match match : matches) {
        StringValue.writeString(match.chartId(), out);
        out.writeDouble(match.overall());
        out.writeDouble(match.rawTotal());
      }
    }
  }

  @Override
  protected MatchList read(int writtenVersion, DataInputView in) throws IOException {
    String chartId = StringValue.readString(in);
    long revision = in.readLong();
    String cohort = StringValue.readString(in);
    long at = in.readLong();
    int compared = in.readInt();
    int count = in.readInt();
    if (count == NONE) {
      return new MatchList(chartId, revision, cohort, at, compared, null);
    }
    List<Match> matches = new ArrayList<>();
    for (int left = count; left > 0; left--) {
      matches.add(new Match(StringValue.readString(in), in.readDouble(), in.readDouble()));
    }
    return new MatchList(chartId, revision, cohort, at, compared, matches);
  }

  @Override
  public Snapshot<MatchList> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of the best matches of a chart, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<MatchList> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(MatchListSerializer::new);
    }
  }
}
