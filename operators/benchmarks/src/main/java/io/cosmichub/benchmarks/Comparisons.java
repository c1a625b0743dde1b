package io.cosmichub.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the figures of one run say about each other. */
final class Comparisons {

  private static final int BODIES_OF_PYTHON = 10;

  private final List<Figure> figures;

  Comparisons(List<Figure> figures) {
    this.figures = List.copyOf(figures);
  }

  /**
   * A kernel beside what is no kernel.
   *
   * @param ours the kernel
   * @param other what it is beside
   */
  record Beside(Figure ours, Figure other) {

    double times() {
      return ours.pairsPerSecond() / other.pairsPerSecond();
    }
  }

  /**
   * How many times the reference in the same Java, or null if that was not measured; of all against
   * all, where each kernel gets as many charts as it can do in a moment, whatever their number.
   */
  @Nullable Double timesReference(Figure figure) {
    if (figure.kernel().equals(SampleKernels.REFERENCE) || figure.threads() > 1) {
      return null;
    }
    Operation operation = figure.operation();
    boolean all = operation.ofAllPairs();
    return times(
        figure,
        other ->
            other.isOf(
                    all ? Operation.RANKING : operation,
                    SampleKernels.REFERENCE,
                    figure.bodies(),
                    1)
                && (all || other.size() == figure.size()));
  }

  /** How many times the same on one thread, or null if it is on one or that was not measured. */
  @Nullable Double timesOneThread(Figure figure) {
    return figure.threads() == 1
        ? null
        : times(
            figure,
            other ->
                other.isOf(figure.operation(), figure.kernel(), figure.bodies(), 1)
                    && other.size() == figure.size());
  }

  private @Nullable Double times(Figure figure, Predicate<Figure> wanted) {
    Optional<Figure> found =
        figures.stream()
            .filter(other -> other.runtime().equals(figure.runtime()))
            .filter(wanted)
            .findFirst();
    return found.map(other -> figure.pairsPerSecond() / other.pairsPerSecond()).orElse(null);
  }

  /**
   * Each figure of Python with the vector kernel's on the same batch, or the same charts, and one
   * thread; the scores of all pairs beside those that keep the best of more charts, too.
   */
  List<Beside> besidePython() {
    return figures.stream()
        .filter(other -> other.runtime().equals(Figure.PYTHON))
        .flatMap(other -> ofVectorKernel(other).map(ours -> new Beside(ours, other)))
        .toList();
  }

  private Stream<Figure> ofVectorKernel(Figure other) {
    return figures.stream()
        .filter(ours -> ours.kernel().equals(SampleKernels.VECTOR))
        .filter(ours -> ours.bodies() == BODIES_OF_PYTHON && ours.threads() == 1)
        .filter(ours -> isLike(ours, other) || doesMore(ours, other));
  }

  private static boolean isLike(Figure ours, Figure other) {
    return ours.operation() == other.operation() && ours.size() == other.size();
  }

  private static boolean doesMore(Figure ours, Figure other) {
    return other.operation() == Operation.ALL_SCORES
        && ours.operation().ofAllPairs()
        && ours.operation() != Operation.ALL_SCORES;
  }
}
