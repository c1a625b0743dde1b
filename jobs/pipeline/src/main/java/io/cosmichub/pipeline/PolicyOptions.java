package io.cosmichub.pipeline;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Policies;
import io.cosmichub.chart.Body;
import io.cosmichub.streaming.aspect.PolicySource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The aspect policy that flags may put a share of all pairs under: {@code classic} but for what is
 * named here.
 *
 * @param name its id; {@code none}: there is none
 * @param orbs the largest orbs in degrees, by aspect; 0 leaves the aspect out
 * @param bases the base scores, by aspect
 * @param weights the weights, by body
 */
public record PolicyOptions(
    String name,
    SortedMap<String, BigDecimal> orbs,
    SortedMap<String, BigDecimal> bases,
    SortedMap<String, BigDecimal> weights)
    implements PolicySource {

  static final Option<String> CANDIDATE =
      Option.of(
          "cosmichub.policy.candidate",
          ValueType.TEXT,
          "none",
          "Id of an aspect policy that the flag `POLICY` may put a share of all pairs under: `classic`"
              + " but for the three keys below; `none`: there is none. What it says never changes"
              + " under one id.");

  static final Option<SortedMap<String, BigDecimal>> ORBS =
      Option.of(
          "cosmichub.policy.candidate-orbs",
          ValueType.NUMBERS,
          "none",
          "Its largest orbs in degrees where they differ, such as `trine=6,quincunx=0`; an aspect"
              + " of 0 it does not have.");

  static final Option<SortedMap<String, BigDecimal>> BASES =
      Option.of(
          "cosmichub.policy.candidate-bases",
          ValueType.NUMBERS,
          "none",
          "Its base scores where they differ, such as `square=-1.5`.");

  static final Option<SortedMap<String, BigDecimal>> WEIGHTS =
      Option.of(
          "cosmichub.policy.candidate-weights",
          ValueType.NUMBERS,
          "none",
          "Its weights of bodies where they differ, such as `sun=2,saturn=2`.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL = List.of(CANDIDATE, ORBS, BASES, WEIGHTS);

  private static final long serialVersionUID = 1L;
  private static final String NONE = "none";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** Checks each value, and that both policies go together. */
  public PolicyOptions {
    AspectPolicy classic = AspectPolicy.classic();
    CANDIDATE.require(
        NAME.matcher(name).matches() && !name.equals(classic.id()),
        name,
        "1 to 64 of a-z, 0-9, '.', '_' and '-', other than " + classic.id());
    List<String> aspects = classic.aspects().stream().map(Aspect::id).toList();
    check(ORBS, orbs, aspects);
    check(BASES, bases, aspects);
    check(WEIGHTS, weights, bodies(classic));
    if (!name.equals(NONE)) {
      try {
        Policies unused = new Policies(classic, candidate(name, orbs, bases, weights));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new ConfigException(CANDIDATE.key() + ": " + e.getMessage());
      }
    }
  }

  static PolicyOptions of(Settings settings) {
    return new PolicyOptions(
        settings.get(CANDIDATE), settings.get(ORBS), settings.get(BASES), settings.get(WEIGHTS));
  }

  @Override
  public AspectPolicy policy() {
    return AspectPolicy.classic();
  }

  @Override
  public @Nullable AspectPolicy candidate() {
    return name.equals(NONE) ? null : candidate(name, orbs, bases, weights);
  }

  private static AspectPolicy candidate(
      String id,
      SortedMap<String, BigDecimal> orbs,
      SortedMap<String, BigDecimal> bases,
      SortedMap<String, BigDecimal> weights) {
    AspectPolicy classic = AspectPolicy.classic();
    List<Aspect> aspects = new ArrayList<>();
    for (Aspect aspect : classic.aspects()) {
      BigDecimal orb = orbs.get(aspect.id());
      BigDecimal base = bases.get(aspect.id());
      if (orb == null || orb.signum() != 0) {
        aspects.add(
            new Aspect(
                aspect.code(),
                aspect.id(),
                aspect.angle(),
                orb == null ? aspect.maxOrb() : microDegrees(orb),
                aspect.nature(),
                base == null ? aspect.base() : base.doubleValue()));
      }
    }
    double[] weighed = new double[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      BigDecimal weight = weights.get(Body.ofSlot(slot).id());
      weighed[slot] = weight == null ? classic.weight(slot) : weight.doubleValue();
    }
    return AspectPolicy.of(id, aspects, classic.bodyMask(), weighed);
  }

  private static int microDegrees(BigDecimal degrees) {
    return degrees.movePointRight(6).intValueExact();
  }

  private static void check(
      Option<?> option, SortedMap<String, BigDecimal> numbers, Collection<String> known) {
    option.require(
        known.containsAll(numbers.keySet()),
        numbers,
        "names of " + AspectPolicy.classic().id() + ": " + String.join(", ", known));
  }

  private static List<String> bodies(AspectPolicy policy) {
    List<String> ids = new ArrayList<>();
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((policy.bodyMask() >> slot & 1) != 0) {
        ids.add(Body.ofSlot(slot).id());
      }
    }
    return ids;
  }
}
