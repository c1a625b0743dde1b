package io.cosmichub.kernels.batch;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.ChartBlock;
import java.util.concurrent.CompletableFuture;

/**
 * Pairs and the futures of those who wait for them. Filled by {@link MicroBatcher}; once handed
 * over it no longer changes, and any thread may read it. Whichever answer comes first counts.
 */
public final class PairBatch {

  private final Longitudes[] a;
  private final Longitudes[] b;
  private final char[] movedA;
  private final char[] movedB;
  private final CompletableFuture<AspectSet>[] answers;
  private int size;

  @SuppressWarnings({"unchecked", "rawtypes"}) // no array of a generic type can be made
  PairBatch(int max) {
    a = new Longitudes[max];
    b = new Longitudes[max];
    movedA = new char[max];
    movedB = new char[max];
    answers = new CompletableFuture[max];
  }

  /** How many pairs there are. */
  public int size() {
    return size;
  }

  boolean isFull() {
    return size == a.length;
  }

  CompletableFuture<AspectSet> add(Longitudes sideA, Longitudes sideB, int ofA, int ofB) {
    CompletableFuture<AspectSet> answer = new CompletableFuture<>();
    a[size] = sideA;
    b[size] = sideB;
    movedA[size] = (char) ofA;
    movedB[size] = (char) ofB;
    answers[size++] = answer;
    return answer;
  }

  /** Writes the pairs, as a kernel takes them, into blocks and arrays that start over. */
  public void writeTo(ChartBlock blockA, ChartBlock blockB, char[] ofA, char[] ofB) {
    blockA.clear();
    blockB.clear();
    for (int pair = 0; pair < size; pair++) {
      blockA.add(a[pair]);
      blockB.add(b[pair]);
    }
    System.arraycopy(movedA, 0, ofA, 0, size);
    System.arraycopy(movedB, 0, ofB, 0, size);
  }

  /** What {@code kernel} makes of one pair. */
  public CompletableFuture<AspectSet> ask(AspectKernel kernel, int pair) {
    return kernel.touched(a[pair], b[pair], movedA[pair], movedB[pair]);
  }

  /** Answers each pair with its set. */
  public void answer(AspectSet[] sets) {
    for (int pair = 0; pair < size; pair++) {
      answers[pair].complete(sets[pair]);
    }
  }

  /** Has {@code kernel} answer each pair, at once and on this thread if the kernel does. */
  public void answerBy(AspectKernel kernel) {
    for (int pair = 0; pair < size; pair++) {
      CompletableFuture<AspectSet> answer = answers[pair];
      try {
        CompletableFuture<?> unused =
            ask(kernel, pair)
                .whenComplete(
                    (set, bug) -> {
                      if (bug == null) {
                        answer.complete(set);
                      } else {
                        answer.completeExceptionally(bug);
                      }
                    });
      } catch (RuntimeException | Error bug) {
        answer.completeExceptionally(bug);
      }
    }
  }

  /** Fails each pair that has no answer. */
  public void fail(Throwable bug) {
    for (int pair = 0; pair < size; pair++) {
      answers[pair].completeExceptionally(bug);
    }
  }
}
