package io.cosmichub.aspect;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.MicroDegrees;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of aspects, the bodies that take part and their weights. Immutable and thread-safe;
 * {@link #match} is the truth that every kernel answers to.
 */
public final class AspectPolicy {
  /** How many aspects a policy can hold: codes are 1 to 31. */
  public static final int MAX_ASPECTS = 31;

  /** The widest orb, in micro-degrees. */
  public static final int MAX_ORB = 90_000_000;

  private static final AspectPolicy CLASSIC = makeClassic();

  private final String id;
  private final List<Aspect> aspects;
  private final int bodyMask;
  private final double[] weights;
  private final @Nullable Aspect[] byCode = new @Nullable Aspect[MAX_ASPECTS + 1];
  // By ascending angle, so that the first of two equal orbs is that of the smaller angle.
  private final int[] codes;
  private final int[] angles;
  private final int[] maxOrbs;

  private AspectPolicy(String id, List<Aspect> aspects, int bodyMask, double[] weights) {
    this.id = id;
    this.aspects = aspects;
    this.bodyMask = bodyMask;
    this.weights = weights;
    for (Aspect aspect : aspects) {
      byCode[aspect.code()] = aspect;
    }
    List<Aspect> byAngle = aspects.stream().sorted(Comparator.comparingInt(Aspect::angle)).toList();
    codes = byAngle.stream().mapToInt(Aspect::code).toArray();
    angles = byAngle.stream().mapToInt(Aspect::angle).toArray();
    maxOrbs = byAngle.stream().mapToInt(Aspect::maxOrb).toArray();
  }

  /** The default: seven aspects, multiples of 30°, over Sun to Pluto. */
  public static AspectPolicy classic() {
    return CLASSIC;
  }

  /**
   * A policy of one's own: a non-blank id, 1 to 31 aspects with unique codes (1 to 31), ids and
   * angles (0 to 180°), orbs above 0 and up to 90°, finite bases, a mask of at least one body, and
   * sixteen finite weights by slot. {@link IllegalArgumentException} says what is wrong.
   */
  public static AspectPolicy of(String id, List<Aspect> aspects, int bodyMask, double[] weights) {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a policy has no id");
    }
    if (aspects.isEmpty() || aspects.size() > MAX_ASPECTS) {
      throw refused(id, "has " + aspects.size() + " aspects, not 1 to " + MAX_ASPECTS);
    }
    Set<Integer> codes = new HashSet<>();
    Set<String> ids = new HashSet<>();
    Set<Integer> angles = new HashSet<>();
    for (Aspect aspect : aspects) {
      check(id, aspect);
      if (!codes.add(aspect.code())) {
        throw refused(id, "has two aspects with code " + aspect.code());
      }
      if (!ids.add(aspect.id())) {
        throw refused(id, "has two aspects with id " + aspect.id());
      }
      if (!angles.add(aspect.angle())) {
        throw refused(id, "has two aspects at " + MicroDegrees.toDegrees(aspect.angle()) + "°");
      }
    }
    if (bodyMask == 0 || (bodyMask & ~Body.ALL_MASK) != 0) {
      throw refused(id, "names no body, or one beyond slot 15");
    }
    if (weights.length != Body.COUNT) {
      throw refused(id, "has " + weights.length + " weights, not 16");
    }
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if (!Double.isFinite(weights[slot])) {
        throw refused(id, "has a weight that is not finite: " + Body.ofSlot(slot).id());
      }
    }
    return new AspectPolicy(id, List.copyOf(aspects), bodyMask, weights.clone());
  }

  /** The id. */
  public String id() {
    return id;
  }

  /** The aspects in the order given. */
  public List<Aspect> aspects() {
    return aspects;
  }

  /** The aspect of a code; {@link IllegalArgumentException} if the policy has none. */
  public Aspect aspect(int code) {
    Aspect aspect = code < 1 || code > MAX_ASPECTS ? null : byCode[code];
    if (aspect == null) {
      throw refused(id, "has no aspect with code " + code);
    }
    return aspect;
  }

  /** The aspect of an id, or null. */
  public @Nullable Aspect aspectOfId(String aspectId) {
    for (Aspect aspect : aspects) {
      if (aspect.id().equals(aspectId)) {
        return aspect;
      }
    }
    return null;
  }

  /** One bit for each slot that takes part. */
  public int bodyMask() {
    return bodyMask;
  }

  /** The weight of a slot. */
  public double weight(int slot) {
    return weights[slot];
  }

  /**
   * The aspect at a separation of 0 to 180° in micro-degrees, as {@link Hit} packs it, or 0. Where
   * several hold, the smallest orb wins, then the smaller angle.
   */
  public int match(int separation) {
    int code = 0;
    int orb = Integer.MAX_VALUE;
    for (int i = 0; i < angles.length; i++) {
      int candidate = Math.abs(separation - angles[i]);
      if (candidate <= maxOrbs[i] && candidate < orb) {
        code = codes[i];
        orb = candidate;
      }
    }
    return code == 0 ? Hit.NONE : Hit.of(code, orb);
  }

  /** All that the policy says, as text: two that differ in anything differ in this. */
  public String definition() {
    StringBuilder text = new StringBuilder(id);
    for (Aspect aspect : aspects) {
      text.append("; ").append(aspect.id()).append(' ').append(aspect.code());
      text.append(' ').append(aspect.angle()).append(' ').append(aspect.maxOrb());
      text.append(' ').append(aspect.nature()).append(' ').append(aspect.base());
    }
    text.append("; bodies ").append(bodyMask).append("; weights");
    for (double weight : weights) {
      text.append(' ').append(weight);
    }
    return text.toString();
  }

  /** Names the policy. */
  @Override
  public String toString() {
    return "AspectPolicy[" + id + "]";
  }

  private static void check(String policy, Aspect aspect) {
    if (aspect.code() < 1 || aspect.code() > MAX_ASPECTS) {
      throw refused(policy, "has an aspect with code " + aspect.code() + ", not 1 to 31");
    }
    if (aspect.id().isBlank()) {
      throw refused(policy, "has an aspect without id, code " + aspect.code());
    }
    if (aspect.angle() < 0 || aspect.angle() > MicroDegrees.HALF) {
      throw refused(policy, "has an angle outside 0..180°: " + aspect.id());
    }
    if (aspect.maxOrb() <= 0 || aspect.maxOrb() > MAX_ORB) {
      throw refused(policy, "has an orb that is not above 0 and up to 90°: " + aspect.id());
    }
    if (!Double.isFinite(aspect.base())) {
      throw refused(policy, "has a base that is not finite: " + aspect.id());
    }
  }

  private static IllegalArgumentException refused(String policy, String why) {
    return new IllegalArgumentException("aspect policy " + policy + " " + why);
  }

  private static AspectPolicy makeClassic() {
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 1);
    weights[Body.SUN.slot()] = 3;
    weights[Body.MOON.slot()] = 3;
    weights[Body.VENUS.slot()] = 3;
    weights[Body.MARS.slot()] = 3;
    weights[Body.MERCURY.slot()] = 2;
    weights[Body.JUPITER.slot()] = 2;
    weights[Body.SATURN.slot()] = 1.5;
    return of(
        "classic",
        List.of(
            new Aspect(1, "conjunction", 0, 10_000_000, Nature.HARMONIOUS, 4),
            new Aspect(2, "sextile", 60_000_000, 6_000_000, Nature.HARMONIOUS, 2),
            new Aspect(3, "square", 90_000_000, 8_000_000, Nature.CHALLENGING, -2),
            new Aspect(4, "trine", 120_000_000, 8_000_000, Nature.HARMONIOUS, 3),
            new Aspect(5, "opposition", 180_000_000, 10_000_000, Nature.CHALLENGING, -3),
            new Aspect(6, "quincunx", 150_000_000, 3_000_000, Nature.CHALLENGING, -1),
            new Aspect(7, "semi_sextile", 30_000_000, 2_000_000, Nature.NEUTRAL, 1)),
        0x3FF,
        weights);
  }
}
