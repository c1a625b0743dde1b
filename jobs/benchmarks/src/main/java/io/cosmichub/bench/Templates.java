package io.cosmichub.bench;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartReducer;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.AspectsReducer;
import io.cosmichub.pair.PairAspectsRecord;
import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.PairReducer;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.pipeline.SynastryPipeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One record of every kind, as the real pipeline makes it of an ordinary pair when one body moves.
 *
 * @param update the move of one body
 * @param chart what is kept of the chart
 * @param side what the chart tells a pair
 * @param pair what is kept of both sides
 * @param work what has to be computed
 * @param touched the cells that the kernel finds
 * @param aspects what is kept of the aspects
 * @param result what is published
 * @param committed the encoded records of the exactly-once topics
 * @param live the encoded record of the live topic
 */
record Templates(
    ChartUpdate update,
    ChartRecord chart,
    SideUpdate side,
    PairRecord pair,
    PairWork work,
    AspectSet touched,
    PairAspectsRecord aspects,
    PairUpdate result,
    List<OutputRecord> committed,
    OutputRecord live) {

  private static final String A = "moving-0000001";
  private static final String B = "still--0000001";
  private static final String PAIR = "pair-0000010";
  private static final long REVISION = 1_000;
  private static final int DIFFERENT = 256;

  /** So many pairs that what is written of them compresses as if all were different. */
  static Templates[] many() {
    Templates[] many = new Templates[DIFFERENT];
    Arrays.setAll(many, Templates::make);
    return many;
  }

  /** The template of a pair. */
  static Templates of(Templates[] many, PairUpdate update) {
    return many[Math.floorMod(update.pairId().hashCode() * 31, many.length)];
  }

  /** Follows one pair through the reducers and the encoder. */
  static Templates make() {
    return make(3);
  }

  private static Templates make(int seed) {
    AspectPolicy policy = AspectPolicy.classic();
    ReferenceKernel kernel = new ReferenceKernel(policy);
    ChartReducer charts = new ChartReducer(0);
    PairReducer pairs = new PairReducer(policy.bodyMask());
    AspectsReducer aspects = new AspectsReducer(policy, kernel::aspects);
    Random random = new Random(seed);

    ChartUpdate birthA = full(A, random);
    ChartUpdate move =
        ChartUpdate.builder(A, REVISION)
            .effectiveAt(Workload.BEGIN + REVISION)
            .partial(true)
            .position(Body.MOON, new Position(100_000_000, 1_000_000))
            .build();
    ChartRecord chartA = known(charts.apply(null, birthA).after());
    ChartRecord chartB = known(charts.apply(null, full(B, random)).after());
    ChartRecord moved = known(charts.apply(chartA, move).after());

    PairRecord pair = known(pairs.apply(null, side(A, Side.A, chartA)).after());
    PairReducer.Step whole = pairs.apply(pair, side(B, Side.B, chartB));
    SideUpdate side = side(A, Side.A, moved);
    PairReducer.Step step = pairs.apply(whole.after(), side);
    PairWork first = whole.work().get(0);
    PairWork work = step.work().get(0);

    AspectSet touched = touched(kernel, work);
    PairAspectsRecord before = known(aspects.apply(null, first, touched(kernel, first)).after());
    AspectsReducer.Applied applied = aspects.apply(before, work, touched);
    PairUpdate result = known(applied.update());

    PairUpdateEncoder encoder =
        new PairUpdateEncoder(Format.PROTOBUF, policy, SynastryPipeline.MODEL);
    List<OutputRecord> committed = new ArrayList<>();
    List<OutputRecord> live = new ArrayList<>();
    encoder.encode(result, committed::add, live::add);
    return new Templates(
        move,
        moved,
        side,
        known(step.after()),
        work,
        touched,
        known(applied.after()),
        result,
        List.copyOf(committed),
        live.get(0));
  }

  private static AspectSet touched(ReferenceKernel kernel, PairWork work) {
    return kernel.aspects(work.a(), work.b(), work.movedA(), work.movedB());
  }

  private static SideUpdate side(String chartId, Side side, ChartRecord chart) {
    return SideUpdate.truth(PAIR, side, 1, chartId, chart.published(), 1, 1);
  }

  private static ChartUpdate full(String id, Random random) {
    ChartUpdate.Builder update =
        ChartUpdate.builder(id, 1).effectiveAt(Workload.BEGIN).cohorts(Workload.COHORTS);
    for (int slot = 0; slot < 10; slot++) {
      update.position(slot, new Position(random.nextInt(360_000_000), 1_000_000));
    }
    return update.build();
  }

  private static <T> T known(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
