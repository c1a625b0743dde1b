package io.cosmichub.streaming.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.pair.PairChartsFunction;
import io.cosmichub.streaming.record.RecordTypes;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The head of the way of the pairs, with both of its inputs. */
final class HotToldOperatorTest {

  private static final PairWork TOLD = Models.tell(Models.flag(1, 1, "m", ""));

  private KeyedTwoInputStreamOperatorTestHarness<String, SideUpdate, PairWork, PairWork> head;

  @BeforeEach
  void open() throws Exception {
    head =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            HotToldOperator.of(new PairChartsFunction(AspectPolicy::classic, 1 << 20, 1_000)),
            SideUpdate::pairId,
            work -> Objects.requireNonNull(work.told()).name(),
            Types.STRING);
    head.setup(RecordTypes.PAIR_WORK.createSerializer(new SerializerConfigImpl()));
    head.open();
  }

  @AfterEach
  void close() throws Exception {
    head.close();
  }

  @Test
  void whatIsToldPassesBetweenTwoPairsAndLeavesNoState() throws Exception {
    head.processElement1(side(Side.A), 1);
    head.processElement2(TOLD, 2);
    head.processElement1(side(Side.B), 3);
    assertThat(head.extractOutputValues())
        .extracting(PairWork::kind)
        .containsExactly(PairWork.Kind.TELL, PairWork.Kind.COMPUTE);
    assertThat(head.extractOutputValues().get(0)).isEqualTo(TOLD);
    head.snapshot(1, 1);
    assertThat(head.numKeyedStateEntries()).isEqualTo(1);
  }

  @Test
  void eventTimeIsThatOfThePairsAlone() throws Exception {
    head.processWatermark2(new Watermark(1));
    head.processWatermarkStatus2(WatermarkStatus.IDLE);
    assertThat(head.getOutput()).isEmpty();
    head.processWatermark1(new Watermark(5));
    assertThat(List.copyOf(head.getOutput())).containsExactly(new Watermark(5));
    head.processWatermark2(new Watermark(9));
    assertThat(head.getOutput()).hasSize(1);
    head.processWatermarkStatus1(WatermarkStatus.IDLE);
    assertThat(List.copyOf(head.getOutput()))
        .containsExactly(new Watermark(5), WatermarkStatus.IDLE);
  }

  private static SideUpdate side(Side side) {
    return SideUpdate.truth(
        "p",
        side,
        1,
        side.name(),
        new io.cosmichub.chart.PublishedChart(1, 7, Given.INGESTED_AT, Given.at(0, 90)),
        Given.INGESTED_AT,
        Given.INGESTED_AT);
  }
}
