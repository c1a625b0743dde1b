package io.cosmichub.streaming.given;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.streaming.aspect.PolicySource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code classic}, and as its candidate {@code tight}: half of every orb but that of the square,
 * which is wider and counts less, and no quincunx.
 *
 * @param squareOrb the orb of that square, in micro-degrees
 */
public record Tight(int squareOrb) implements PolicySource {

  /** As most tests have it. */
  public static final Tight SOURCE = new Tight(11_000_000);

  private static final long serialVersionUID = 1L;

  @Override
  public AspectPolicy policy() {
    return AspectPolicy.classic();
  }

  @Override
  public AspectPolicy candidate() {
    return tight(squareOrb);
  }

  /** The candidate, as most tests have it. */
  public static AspectPolicy tight() {
    return SOURCE.candidate();
  }

  /** The policy of work that is under one of an id; empty: {@code classic}. */
  public static AspectPolicy of(@Nullable String policyId) {
    return "tight".equals(policyId) ? tight() : AspectPolicy.classic();
  }

  private static AspectPolicy tight(int squareOrb) {
    AspectPolicy classic = AspectPolicy.classic();
    List<Aspect> aspects = new ArrayList<>();
    for (Aspect aspect : classic.aspects()) {
      switch (aspect.id()) {
        case "quincunx" -> {}
        case "square" -> aspects.add(like(aspect, squareOrb, -1.5));
        default -> aspects.add(like(aspect, aspect.maxOrb() / 2, aspect.base()));
      }
    }
    double[] weights = new double[16];
    for (int slot = 0; slot < weights.length; slot++) {
      weights[slot] = classic.weight(slot);
    }
    return AspectPolicy.of("tight", aspects, classic.bodyMask(), weights);
  }

  private static Aspect like(Aspect aspect, int maxOrb, double base) {
    return new Aspect(aspect.code(), aspect.id(), aspect.angle(), maxOrb, aspect.nature(), base);
  }
}
