package io.cosmichub.feature;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.aspect.Phase;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Houses;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.Position;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The features by name, one pair at a time, in doubles: slow, and as the words say it. */
final class PlainFeatures {
  static final Map<String, Set<Body>> AREAS =
      Map.of(
          "emotional", Set.of(Body.SUN, Body.MOON),
          "communication", Set.of(Body.MERCURY, Body.VENUS),
          "physical", Set.of(Body.MARS, Body.VENUS),
          "spiritual", Set.of(Body.JUPITER, Body.NEPTUNE, Body.PLUTO),
          "stability", Set.of(Body.SATURN, Body.JUPITER));

  private final AspectPolicy policy;
  private final Map<String, Double> values = new HashMap<>();

  private PlainFeatures(AspectPolicy policy) {
    this.policy = policy;
  }

  static Map<String, Double> of(
      AspectPolicy policy,
      AspectSet set,
      Longitudes a,
      Longitudes b,
      PairBatch.Extras extrasA,
      PairBatch.Extras extrasB) {
    PlainFeatures features = new PlainFeatures(policy);
    boolean speeds = extrasA.speeds().length > 0 && extrasB.speeds().length > 0;
    features.add("phase.known", speeds ? 1 : 0);
    set.forEach(
        (row, col, hit) -> {
          Aspect aspect = policy.aspect(Hit.code(hit));
          double strength = 1 - (double) Hit.orb(hit) / aspect.maxOrb();
          features.addCell(Body.ofSlot(row), Body.ofSlot(col), aspect, strength);
          if (speeds) {
            Phase phase =
                Phase.of(
                    new Position(a.at(row), extrasA.speeds()[row]),
                    new Position(b.at(col), extrasB.speeds()[col]),
                    aspect.angle());
            features.add("phase." + phase.name().toLowerCase(Locale.ROOT), strength);
          }
        });
    features.addBalance(a, b);
    features.addHouses(a, extrasB.cusps());
    features.addHouses(b, extrasA.cusps());
    return features.values;
  }

  private void addCell(Body one, Body other, Aspect aspect, double strength) {
    add(FeatureSchema.cell(one, other, aspect), strength);
    add("body." + one.id(), strength);
    add("body." + other.id(), strength);
    add("nature." + aspect.nature().name().toLowerCase(Locale.ROOT), strength);
    AREAS.forEach(
        (area, bodies) -> {
          if (bodies.contains(one) && bodies.contains(other)) {
            add("area." + area, aspect.base() * strength);
          }
        });
  }

  private void addBalance(Longitudes a, Longitudes b) {
    for (List<String> kinds : List.of(FeatureSchema.ELEMENTS, FeatureSchema.MODALITIES)) {
      for (int i = 0; i < kinds.size(); i++) {
        double ofA = share(a, kinds.size(), i);
        double ofB = share(b, kinds.size(), i);
        add("share." + kinds.get(i), (ofA + ofB) / 2);
        add("difference." + kinds.get(i), Math.abs(ofA - ofB));
      }
    }
  }

  private double share(Longitudes chart, int kinds, int kind) {
    Map<Body, Integer> signs = signs(chart);
    long in = signs.values().stream().filter(sign -> sign % kinds == kind).count();
    return signs.isEmpty() ? 0 : (double) in / signs.size();
  }

  private Map<Body, Integer> signs(Longitudes chart) {
    Map<Body, Integer> signs = new EnumMap<>(Body.class);
    for (Body body : FeatureSchema.bodies(policy)) {
      if (chart.has(body.slot())) {
        signs.put(body, chart.at(body.slot()) / 30_000_000);
      }
    }
    return signs;
  }

  private void addHouses(Longitudes guest, int[] cusps) {
    if (cusps.length > 0) {
      add("house.known", 0.5);
      Set<Body> present = new HashSet<>(signs(guest).keySet());
      for (Body body : present) {
        add("house." + Houses.of(guest.at(body.slot()), cusps), 0.5 / present.size());
      }
    }
  }

  private void add(String name, double value) {
    values.merge(name, value, Double::sum);
  }
}
