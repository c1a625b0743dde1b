package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.ReferenceKernel;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Random pairs to ask a guarded kernel for, and what has to come back. */
final class Charts {

  private static final ReferenceKernel TRUTH = new ReferenceKernel(AspectPolicy.classic());

  private Charts() {}

  static Longitudes random(Random random) {
    int[] values = new int[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      values[slot] = random.nextInt(MicroDegrees.CIRCLE);
    }
    return Longitudes.of(values);
  }

  /** Asks for a random pair, of which some body moved. */
  static Asked ask(AspectKernel kernel, Random random) {
    Longitudes a = random(random);
    Longitudes b = random(random);
    int movedA = 1 + random.nextInt(Body.ALL_MASK);
    int movedB = random.nextInt(Body.ALL_MASK);
    return new Asked(kernel.touched(a, b, movedA, movedB), TRUTH.aspects(a, b, movedA, movedB));
  }

  /** A pair that was asked for, and what has to come back. */
  record Asked(CompletableFuture<AspectSet> answer, AspectSet truth) {

    boolean isAnswered() {
      return answer.isDone() && !answer.isCompletedExceptionally();
    }

    boolean isRight() {
      return isAnswered() && answer.join().equals(truth);
    }
  }
}
