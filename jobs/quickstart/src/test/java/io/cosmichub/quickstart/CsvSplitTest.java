package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.InputRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvSplitTest {

  @TempDir Path directory;

  @Test
  void aSplitThatWasReadInPartGoesOnWhereItStopped() throws Exception {
    Path file =
        Files.writeString(directory.resolve("p.csv"), "pair_id,chart_a,chart_b\np,a,b\nq,b,c\n");
    CsvSplit split = CsvSplit.pairs(file);
    CsvRows rows = split.getIterator();
    InputRecord first = rows.next();
    assertThat(first.offset()).isEqualTo(2);

    var serializer = CsvSource.of(split).getSplitSerializer();
    CsvSplit rest =
        serializer.deserialize(
            serializer.getVersion(), serializer.serialize(split.getUpdatedSplitForIterator(rows)));

    CsvRows remaining = rest.getIterator();
    assertThat(remaining.next()).isEqualTo(rows.next());
    assertThat(remaining.hasNext()).isFalse();
    assertThat(rows.hasNext()).isFalse();
  }

  @Test
  void theSplitsThatAreLeftSurviveACheckpoint() throws Exception {
    List<CsvSplit> splits =
        List.of(CsvSplit.charts(Path.of("c.csv")), CsvSplit.pairs(Path.of("p.csv")));
    var serializer = CsvSource.none().getEnumeratorCheckpointSerializer();
    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(splits)))
        .isEqualTo(splits);
  }
}
