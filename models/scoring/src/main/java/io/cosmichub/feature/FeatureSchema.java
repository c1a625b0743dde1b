package io.cosmichub.feature;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Houses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which features a pair has, in which order, and what they mean: a model holds for the schema that
 * it was trained with and for no other. Immutable; {@link #hash} tells schemas apart.
 */
public final class FeatureSchema {
  /** Raised whenever a feature's meaning changes though its name stays. */
  public static final int VERSION = 2;

  static final List<String> AREAS =
      List.of("emotional", "communication", "physical", "spiritual", "stability");
  static final List<String> NATURES = List.of("harmonious", "challenging", "neutral");
  static final List<String> ELEMENTS = List.of("fire", "earth", "air", "water");
  static final List<String> MODALITIES = List.of("cardinal", "fixed", "mutable");

  private static final Set<FeatureGroup> OF_LONGITUDES =
      EnumSet.complementOf(EnumSet.of(FeatureGroup.PHASES, FeatureGroup.HOUSES));

  private final AspectPolicy policy;
  private final Set<FeatureGroup> groups;
  private final List<String> names;
  private final Map<FeatureGroup, Integer> offsets = new EnumMap<>(FeatureGroup.class);
  private final String hash;

  private FeatureSchema(AspectPolicy policy, Set<FeatureGroup> groups) {
    this.policy = policy;
    this.groups = Set.copyOf(groups);
    List<String> all = new ArrayList<>();
    for (FeatureGroup group : EnumSet.copyOf(groups)) {
      offsets.put(group, all.size());
      all.addAll(namesOf(group, policy));
    }
    this.names = List.copyOf(all);
    this.hash = Sha256.of(describe(policy, names).getBytes(StandardCharsets.UTF_8));
  }

  /** A schema of some groups; {@link IllegalArgumentException} if there is none. */
  public static FeatureSchema of(AspectPolicy policy, Set<FeatureGroup> groups) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("a schema has at least one group of features");
    }
    return new FeatureSchema(policy, groups);
  }

  /** Every group that needs nothing but longitudes: what the pipeline can compute for any pair. */
  public static FeatureSchema ofLongitudes(AspectPolicy policy) {
    return of(policy, OF_LONGITUDES);
  }

  /** How many features there are. */
  public int size() {
    return names.size();
  }

  /** The names by index. */
  public List<String> names() {
    return names;
  }

  /** The groups. */
  public Set<FeatureGroup> groups() {
    return groups;
  }

  /** The indices of a group's features; none if the schema does not have the group. */
  public IntStream indices(FeatureGroup group) {
    int first = Math.max(0, offset(group));
    int count = groups.contains(group) ? namesOf(group, policy).size() : 0;
    return IntStream.range(first, first + count);
  }

  /** The policy whose aspects the features are made of. */
  public AspectPolicy policy() {
    return policy;
  }

  /** SHA-256, in hex, of the version, the policy's numbers and the names. */
  public String hash() {
    return hash;
  }

  /** The index of a group's first feature, or -1 if the schema does not have the group. */
  int offset(FeatureGroup group) {
    return offsets.getOrDefault(group, -1);
  }

  /** Names the version, the size and the beginning of the hash. */
  @Override
  public String toString() {
    return "FeatureSchema[v"
        + VERSION
        + ", "
        + size()
        + " features, "
        + hash.substring(0, 12)
        + "]";
  }

  static List<Body> bodies(AspectPolicy policy) {
    List<Body> bodies = new ArrayList<>();
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((policy.bodyMask() >> slot & 1) != 0) {
        bodies.add(Body.ofSlot(slot));
      }
    }
    return bodies;
  }

  private static List<String> namesOf(FeatureGroup group, AspectPolicy policy) {
    return switch (group) {
      case CELLS -> cells(policy);
      case BODIES -> prefixed("body.", bodies(policy).stream().map(Body::id).toList());
      case NATURES -> prefixed("nature.", NATURES);
      case AREAS -> prefixed("area.", AREAS);
      case BALANCE -> balance();
      case PHASES -> List.of("phase.known", "phase.applying", "phase.separating");
      case HOUSES -> houses();
    };
  }

  private static List<String> cells(AspectPolicy policy) {
    List<String> cells = new ArrayList<>();
    List<Body> bodies = bodies(policy);
    for (int i = 0; i < bodies.size(); i++) {
      for (int j = i; j < bodies.size(); j++) {
        for (Aspect aspect : policy.aspects()) {
          cells.add(cell(bodies.get(i), bodies.get(j), aspect));
        }
      }
    }
    return cells;
  }

  /** The name of a cell's feature, the same for either order of the bodies. */
  public static String cell(Body one, Body other, Aspect aspect) {
    Body first = one.slot() <= other.slot() ? one : other;
    Body second = first == one ? other : one;
    return "cell." + first.id() + "-" + second.id() + "." + aspect.id();
  }

  private static List<String> balance() {
    List<String> names = new ArrayList<>();
    names.addAll(prefixed("share.", ELEMENTS));
    names.addAll(prefixed("share.", MODALITIES));
    names.addAll(prefixed("difference.", ELEMENTS));
    names.addAll(prefixed("difference.", MODALITIES));
    return names;
  }

  private static List<String> houses() {
    List<String> names = new ArrayList<>();
    names.add("house.known");
    for (int house = 1; house <= Houses.COUNT; house++) {
      names.add("house." + house);
    }
    return names;
  }

  private static List<String> prefixed(String prefix, List<String> names) {
    return names.stream().map(prefix::concat).toList();
  }

  private static String describe(AspectPolicy policy, List<String> names) {
    StringBuilder text = new StringBuilder("features v").append(VERSION).append('\n');
    for (Aspect aspect : policy.aspects()) {
      text.append(aspect).append('\n');
    }
    return text.append(String.join("\n", names)).toString();
  }
}
