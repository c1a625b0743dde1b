package io.cosmichub.population.trend;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Chooses among many tests those to believe, so that on average at most a stated share of the
 * chosen are chance.
 *
 * @param share the false-discovery share, above 0 and below 1
 * @param dependence what is known of the tests
 */
public record FalseDiscovery(double share, Dependence dependence) {

  /** What is known of how tests depend on each other. */
  public enum Dependence {
    /** Independent, or positively dependent: Benjamini and Hochberg. */
    POSITIVE,
    /** Nothing: Benjamini and Yekutieli. */
    ANY
  }

  /** Five of a hundred, however the tests depend on each other. */
  public static final FalseDiscovery DEFAULT = new FalseDiscovery(0.05, Dependence.ANY);

  /** {@link IllegalArgumentException} outside the limits. */
  public FalseDiscovery {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("a share lies between 0 and 1");
    }
  }

  /** Which tests to believe, by their probabilities under chance. */
  public boolean[] believed(double[] probabilities) {
    int tests = probabilities.length;
    int[] ascending =
        IntStream.range(0, tests)
            .boxed()
            .sorted(Comparator.comparingDouble(test -> probabilities[test]))
            .mapToInt(Integer::intValue)
            .toArray();
    double step = share / tests / penalty(tests);
    int believed = 0;
    for (int rank = 1; rank <= tests; rank++) {
      if (probabilities[ascending[rank - 1]] <= rank * step) {
        believed = rank;
      }
    }
    boolean[] result = new boolean[tests];
    for (int rank = 0; rank < believed; rank++) {
      result[ascending[rank]] = true;
    }
    return result;
  }

  private double penalty(int tests) {
    return dependence == Dependence.POSITIVE
        ? 1
        : IntStream.rangeClosed(1, tests).mapToDouble(rank -> 1.0 / rank).sum();
  }
}
