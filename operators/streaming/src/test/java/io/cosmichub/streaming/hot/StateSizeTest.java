package io.cosmichub.streaming.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.PublishedChart;
import io.cosmichub.pair.PairAspectsRecord;
import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.PairReducer;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.aspect.PairAspectsRecordSerializer;
import io.cosmichub.streaming.pair.PairRecordSerializer;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

final class StateSizeTest {

  private static final String PAIR = "couple-0001";
  private static final int KEY_GROUP = 2;
  private static final int KEY_LENGTH = 1;
  private static final int NAMESPACE = 1;

  @Test
  void aPairTakesLessThan200BytesOverBothStepsKeysIncluded() throws IOException {
    PairReducer reducer = new PairReducer(AspectPolicy.classic().bodyMask());
    PairRecord pair = reducer.apply(null, side(Side.A, "person-0244")).after();
    pair = reducer.apply(pair, side(Side.B, "person-0118")).after();
    int key = KEY_GROUP + KEY_LENGTH + PAIR.length() + NAMESPACE;

    int charts = bytes(new PairRecordSerializer(), Objects.requireNonNull(pair));
    int aspects =
        bytes(new PairAspectsRecordSerializer(), new PairAspectsRecord(100_000, "classic"));

    assertThat(2 * key + charts + aspects).isLessThan(200);
  }

  private static SideUpdate side(Side side, String chartId) {
    Longitudes longitudes = Longitudes.NONE;
    for (int body = 0; body < 10; body++) {
      longitudes = longitudes.with(body, 359_999_999 - body);
    }
    PublishedChart published = new PublishedChart(1, 100_000, 1_767_225_600_000L, longitudes);
    return SideUpdate.truth(PAIR, side, 1_000_000, chartId, published, 0, 0);
  }

  private static <T> int bytes(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    serializer.serialize(value, out);
    return out.length();
  }
}
