package io.cosmichub.streaming.fanout;

import io.cosmichub.chart.PublishedChart;
import io.cosmichub.fanout.Member;
import io.cosmichub.fanout.MemberListener;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Tells members of a chart the truth about it as side updates.
 *
 * @param chartId the chart's id
 * @param published the truth; null where the chart is not known or was erased
 * @param effectiveAt epoch milliseconds when what causes the telling became true
 * @param ingestedAt epoch milliseconds of the raw record that causes it; 0 if unknown
 * @param out where side updates go
 * @param told counts them
 */
record Telling(
    String chartId,
    @Nullable PublishedChart published,
    long effectiveAt,
    long ingestedAt,
    Collector<SideUpdate> out,
    Counter told)
    implements MemberListener {

  @Override
  public void tell(Member member) {
    Side side = Side.ofCode(member.side());
    emit(
        SideUpdate.truth(
            member.pairId(), side, member.epoch(), chartId, published, effectiveAt, ingestedAt));
  }

  @Override
  public void left(Member member) {
    Side side = Side.ofCode(member.side());
    emit(
        SideUpdate.closed(member.pairId(), side, member.epoch(), chartId, effectiveAt, ingestedAt));
  }

  private void emit(SideUpdate update) {
    told.inc();
    out.collect(update);
  }
}
