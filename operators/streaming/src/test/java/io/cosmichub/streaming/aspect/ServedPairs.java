package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.feature.FeatureExtractor;
import io.cosmichub.feature.PairBatch;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.model.PairModel;
import io.cosmichub.pair.PairWork;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Models;
import java.util.Arrays;
import java.util.Random;

/** Work of pairs of two charts, and what a model answers to them. */
final class ServedPairs {

  private static final ReferenceKernel KERNEL = new ReferenceKernel(AspectPolicy.classic());
  private static final int ALL = 0x3FF;

  private ServedPairs() {}

  /** A chart of the ten bodies. */
  static Longitudes chart(Random random) {
    int[] values = new int[Body.COUNT];
    Arrays.fill(values, MicroDegrees.ABSENT);
    for (int slot = 0; slot < 10; slot++) {
      values[slot] = random.nextInt(MicroDegrees.CIRCLE);
    }
    return Longitudes.of(values);
  }

  /** What a model answers, by the model itself. */
  static double answer(PairModel model, Longitudes a, Longitudes b) {
    PairBatch batch = new PairBatch(1);
    batch.add(KERNEL.aspects(a, b, ALL, ALL), a, b);
    float[] row = new float[Models.SCHEMA.size()];
    new FeatureExtractor(Models.SCHEMA).extract(batch, row);
    return model.predict(row, 0);
  }

  /** A pair whose charts were just met. */
  static PairResult whole(String pairId, Longitudes a, Longitudes b) {
    return result(
        new PairWork(
            pairId,
            PairWork.Kind.COMPUTE,
            true,
            "a",
            "b",
            7,
            3,
            a,
            b,
            ALL,
            ALL,
            Given.INGESTED_AT,
            Given.INGESTED_AT));
  }

  /** What comes of the chart on side B when it has moved from somewhere. */
  static PairWork moved(String pairId, Longitudes a, Longitudes from, Longitudes to) {
    int moved = from.changedMask(to);
    return new PairWork(
        pairId,
        PairWork.Kind.COMPUTE,
        false,
        "a",
        "b",
        7,
        4,
        a,
        to,
        0,
        moved,
        Given.INGESTED_AT,
        Given.INGESTED_AT,
        from.only(moved));
  }

  /** Work in which nothing moved. */
  static PairWork work(String pairId, PairWork.Kind kind, Longitudes a, Longitudes b) {
    return new PairWork(
        pairId, kind, false, "a", "b", 7, 3, a, b, 0, 0, Given.INGESTED_AT, Given.INGESTED_AT);
  }

  /** The same with the cells of the bodies that moved. */
  static PairResult result(PairWork work) {
    AspectSet touched =
        work.kind() == PairWork.Kind.COMPUTE
            ? KERNEL.aspects(work.a(), work.b(), work.movedA(), work.movedB())
            : AspectSet.EMPTY;
    return new PairResult(work, touched);
  }
}
