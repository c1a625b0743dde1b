package io.cosmichub.experiment;

import io.cosmichub.experiment.ExperimentReport.ArmLine;
import io.cosmichub.experiment.ExperimentReport.GuardrailLine;
import io.cosmichub.experiment.ExperimentReport.HaltedArm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the figures of an experiment into a verdict. Immutable and thread-safe. */
public final class Evaluation {
  /** How often an experiment without any effect may ever end otherwise than by its date. */
  public static final double ALPHA = 0.05;

  // Guardrails are watched at their own, stricter level, so that they seldom stop what is sound.
  private static final double GUARDRAIL_ALPHA = 0.01;

  // The last while is asked half a million times in two months, and each time is a test of its
  // own: six standard deviations are a chance of 1e-9.
  private static final double LATELY_DEVIATIONS = 6;

  private final ExperimentDefinition experiment;
  private final ConfidenceSequence sequence;

  /** The evaluation of one experiment. */
  public Evaluation(ExperimentDefinition experiment) {
    this.experiment = experiment;
    int comparisons = experiment.arms().size() - 1;
    this.sequence = new ConfidenceSequence(experiment.minimumEffect(), ALPHA / comparisons);
  }

  /**
   * The report of figures in the order of the experiment's arms; {@link IllegalArgumentException}
   * if they are those of other arms.
   */
  public ExperimentReport report(List<ArmFigures> figures, Instant now) {
    return report(figures, Map.of(), now);
  }

  /** The same where some arms were paused, by their id. */
  public ExperimentReport report(
      List<ArmFigures> figures, Map<String, HaltedArm> halted, Instant now) {
    check(figures);
    double slope = slope(figures.stream().map(ArmFigures::primary).toArray(Moments[]::new));
    List<ArmLine> lines = new ArrayList<>();
    List<Arm> counted = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < figures.size(); i++) {
      ArmFigures arm = figures.get(i);
      HaltedArm halt = halted.get(arm.arm());
      if (halt == null) {
        lines.add(line(figures.get(0), arm, slope, ""));
        counted.add(experiment.arms().get(i));
        counts.add(arm.assigned());
      } else {
        lines.add(line(halt.control(), halt.arm(), slope, halt.reason()));
      }
    }
    if (RatioCheck.isBroken(counted, counts.stream().mapToLong(Long::longValue).toArray())) {
      return report(Verdict.INVALID, "the arms did not get units by their weights", slope, lines);
    }
    return decide(slope, lines, now);
  }

  private ExperimentReport decide(double slope, List<ArmLine> lines, Instant now) {
    List<ArmLine> treatments = lines.subList(1, lines.size());
    List<ArmLine> better =
        treatments.stream()
            .filter(line -> line.isSound() && line.effect().low() > 0)
            .sorted(Comparator.comparingDouble(line -> -line.effect().estimate()))
            .toList();
    Optional<ArmLine> best = better.stream().filter(line -> line.unknown().isEmpty()).findFirst();
    if (best.isPresent()) {
      return report(Verdict.SHIP, best.get().arm() + " is better", slope, lines);
    }
    Optional<ArmLine> open =
        treatments.stream().filter(line -> line.isSound() && !(line.effect().high() < 0)).findAny();
    if (open.isEmpty()) {
      return report(Verdict.STOP, "every arm harms a guardrail or is worse", slope, lines);
    }
    boolean isOver = !now.isBefore(experiment.end());
    if (!better.isEmpty()) {
      ArmLine first = better.get(0);
      String reason =
          first.arm()
              + " is better, but too little is known of "
              + String.join(", ", first.unknown());
      return report(
          isOver ? Verdict.STOP : Verdict.CONTINUE,
          isOver ? "the time is over: " + reason : reason,
          slope,
          lines);
    }
    if (isOver) {
      return report(Verdict.STOP, "the time is over and no arm is better", slope, lines);
    }
    return report(Verdict.CONTINUE, "not enough is known", slope, lines);
  }

  private ArmLine line(ArmFigures control, ArmFigures arm, double slope, String halted) {
    boolean isControl = arm.arm().equals(control.arm());
    Interval effect =
        isControl ? Interval.UNKNOWN : sequence.difference(control.primary(), arm.primary(), slope);
    List<GuardrailLine> guardrails = new ArrayList<>();
    for (Guardrail guardrail : experiment.guardrails()) {
      guardrails.add(line(guardrail, control, arm, isControl));
    }
    return new ArmLine(
        arm.arm(),
        arm.assigned(),
        arm.primary(),
        sequence.mean(arm.primary()),
        effect,
        guardrails,
        halted);
  }

  private static GuardrailLine line(
      Guardrail guardrail, ArmFigures control, ArmFigures arm, boolean isControl) {
    String metric = guardrail.metric();
    Moments before = control.guardrails().getOrDefault(metric, Moments.EMPTY);
    Moments after = arm.guardrails().getOrDefault(metric, Moments.EMPTY);
    // Without a size that matters, the spread of what is measured sets where it is tightest.
    double tau = Math.max(1e-9, Math.max(guardrail.margin(), Math.sqrt(before.variance()) / 20));
    ConfidenceSequence watched = new ConfidenceSequence(tau, GUARDRAIL_ALPHA);
    Interval change = isControl ? Interval.UNKNOWN : watched.difference(before, after);
    boolean harm = isHarm(guardrail, change);
    boolean ofLate =
        !harm
            && !isControl
            && (harmsLately(guardrail, control, arm) || harmsTurnout(guardrail, control, arm));
    return new GuardrailLine(metric, after, watched.mean(after), change, harm || ofLate, ofLate);
  }

  private static boolean harmsLately(Guardrail guardrail, ArmFigures control, ArmFigures arm) {
    Moments before = control.lately().getOrDefault(guardrail.metric(), Moments.EMPTY);
    Moments after = arm.lately().getOrDefault(guardrail.metric(), Moments.EMPTY);
    if (Math.min(before.count(), after.count()) < ConfidenceSequence.MIN_UNITS) {
      return false;
    }
    double change = after.mean() - before.mean();
    double half =
        LATELY_DEVIATIONS
            * Math.sqrt(before.variance() / before.count() + after.variance() / after.count());
    return isHarm(guardrail, new Interval(change, change - half, change + half));
  }

  // The margin is of the share of all units; of late it is the same part of what is usual.
  private static boolean harmsTurnout(Guardrail guardrail, ArmFigures control, ArmFigures arm) {
    String metric = guardrail.metric();
    double usual = control.guardrails().getOrDefault(metric, Moments.EMPTY).mean();
    double way = guardrail.harm() == Guardrail.Harm.LOWER ? -1 : 1;
    double borne = arm.assigned() * (1 + way * guardrail.margin() / usual);
    return usual > 0
        && borne > 0
        && control.assigned() > 0
        && Turnout.isHarm(
            guardrail.harm(),
            borne / (borne + control.assigned()),
            control.heard().getOrDefault(metric, List.of()),
            arm.heard().getOrDefault(metric, List.of()));
  }

  private static boolean isHarm(Guardrail guardrail, Interval change) {
    return switch (guardrail.harm()) {
      case LOWER -> change.high() < -guardrail.margin();
      case HIGHER -> change.low() > guardrail.margin();
    };
  }

  /** One slope for all arms, from the spread within each; 0 where nothing was known before. */
  static double slope(Moments... arms) {
    double products = 0;
    double squares = 0;
    for (Moments arm : arms) {
      products += arm.products();
      squares += arm.priorSquares();
    }
    return squares > 0 ? products / squares : 0;
  }

  private void check(List<ArmFigures> figures) {
    List<String> expected = experiment.arms().stream().map(Arm::id).toList();
    List<String> actual = figures.stream().map(ArmFigures::arm).toList();
    if (!actual.equals(expected)) {
      throw new IllegalArgumentException("figures of " + actual + ", not of " + expected);
    }
  }

  private ExperimentReport report(
      Verdict verdict, String reason, double slope, List<ArmLine> lines) {
    return new ExperimentReport(experiment.id(), verdict, reason, slope, lines);
  }
}
