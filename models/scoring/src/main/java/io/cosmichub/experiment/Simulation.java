package io.cosmichub.experiment;

import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * Whole experiments of two arms, played through with seeds and looked at after every unit: how
 * often they end otherwise than they should.
 *
 * @param seed of the first; each further one has the next
 * @param runs how many
 */
public record Simulation(long seed, int runs) {

  private static final double Z = 1.959964;
  private static final double YES = 0.3;

  /** How the figures of units are spread. */
  public enum Figures {
    /** Normal. */
    NORMAL(1) {
      @Override
      double draw(Random random, double effect) {
        return effect + random.nextGaussian();
      }
    },
    /** Exponential: many are small and a few large. */
    SKEWED(1) {
      @Override
      double draw(Random random, double effect) {
        return effect - Math.log(1 - random.nextDouble());
      }
    },
    /** 1 in three of ten, else 0. */
    YES_OR_NO(Math.sqrt(YES * (1 - YES))) {
      @Override
      double draw(Random random, double effect) {
        return random.nextDouble() < YES + effect ? 1 : 0;
      }
    };

    private final double deviation;

    Figures(double deviation) {
      this.deviation = deviation;
    }

    /** The standard deviation without an effect. */
    public double deviation() {
      return deviation;
    }

    abstract double draw(Random random, double effect);

    /** One more unit, whose earlier figure is spread like the later one. */
    Moments drawWithHistory(Random random, double correlation, Moments arm) {
      double before = draw(random, 0);
      double alone = Math.sqrt(1 - correlation * correlation);
      return arm.with(correlation * before + alone * draw(random, 0), before);
    }
  }

  /**
   * How often something came of a number of runs.
   *
   * @param hits how often
   * @param runs of how many
   */
  public record Share(int hits, int runs) {

    /** The share itself. */
    public double of() {
      return (double) hits / runs;
    }

    /** The lower end of Wilson's 95 % interval. */
    public double low() {
      return centre() - half();
    }

    /** The upper end of it. */
    public double high() {
      return centre() + half();
    }

    private double centre() {
      return (of() + Z * Z / (2 * runs)) / (1 + Z * Z / runs);
    }

    private double half() {
      double variance = of() * (1 - of()) / runs + Z * Z / (4.0 * runs * runs);
      return Z * Math.sqrt(variance) / (1 + Z * Z / runs);
    }
  }

  /**
   * How often an effect is ever significant, in whichever direction, until each arm has {@code
   * unitsEach} units; {@code tau} is the effect for which the sequence is made.
   */
  public Share everSignificant(Figures figures, double effect, double tau, long unitsEach) {
    ConfidenceSequence sequence = new ConfidenceSequence(tau, Evaluation.ALPHA);
    return share(
        run -> {
          Random random = new Random(run);
          Moments control = Moments.EMPTY;
          Moments treatment = Moments.EMPTY;
          for (long unit = 0; unit < unitsEach; unit++) {
            control = control.with(figures.draw(random, 0));
            treatment = treatment.with(figures.draw(random, effect));
            if (sequence.difference(control, treatment).excludesZero()) {
              return true;
            }
          }
          return false;
        });
  }

  /**
   * The same without an effect where something is known of each unit before, with a correlation: at
   * each look it is taken off with the slope that the figures have by then (CUPED).
   */
  public Share everSignificantWithHistory(
      Figures figures, double correlation, double tau, long unitsEach) {
    ConfidenceSequence sequence = new ConfidenceSequence(tau, Evaluation.ALPHA);
    return share(
        run -> {
          Random random = new Random(run);
          Moments control = Moments.EMPTY;
          Moments treatment = Moments.EMPTY;
          for (long unit = 0; unit < unitsEach; unit++) {
            control = figures.drawWithHistory(random, correlation, control);
            treatment = figures.drawWithHistory(random, correlation, treatment);
            double slope = Evaluation.slope(control, treatment);
            if (sequence.difference(control, treatment, slope).excludesZero()) {
              return true;
            }
          }
          return false;
        });
  }

  /**
   * How often two arms of the same weight are ever called broken until they have {@code units}
   * together, of which the control gets {@code ofControl}.
   */
  public Share everBroken(double ofControl, long units) {
    List<Arm> arms = List.of(new Arm("control", 1), new Arm("treatment", 1));
    return share(
        run -> {
          Random random = new Random(run);
          long[] counts = new long[2];
          for (long unit = 0; unit < units; unit++) {
            counts[random.nextDouble() < ofControl ? 0 : 1]++;
            if (RatioCheck.isBroken(arms, counts)) {
              return true;
            }
          }
          return false;
        });
  }

  private Share share(LongPredicate hit) {
    long hits = LongStream.range(seed, seed + runs).parallel().filter(hit).count();
    return new Share((int) hits, runs);
  }
}
