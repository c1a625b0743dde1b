package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.Areas;
import io.cosmichub.contracts.v1.AspectChange;
import io.cosmichub.contracts.v1.Change;
import io.cosmichub.contracts.v1.NatureCounts;
import io.cosmichub.contracts.v1.PairAspect;
import io.cosmichub.contracts.v1.SynastryAspects;
import io.cosmichub.contracts.v1.SynastryDelta;
import io.cosmichub.contracts.v1.SynastryLive;
import io.cosmichub.contracts.v1.SynastryScore;
import java.io.IOException;

/**
 * Reads the JSON of the output messages; what a {@link SynastryReader} has no use for is skipped.
 */
final class SynastryJson {
  private SynastryJson() {}

  static SynastryLive live(JsonInput in) throws Refusal, IOException {
    SynastryLive.Builder live = SynastryLive.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "delta" -> {
          if (in.hasValue()) {
            in.requireObject(name);
            live.setDelta(delta(in));
          }
        }
        case "aspects" -> {
          if (in.hasValue()) {
            in.requireObject(name);
            live.setAspects(aspects(in));
          }
        }
        case "score" -> {
          if (in.hasValue()) {
            in.requireObject(name);
            live.setScore(score(in));
          }
        }
        default -> in.skip();
      }
    }
    return live.build();
  }

  static SynastryDelta delta(JsonInput in) throws Refusal, IOException {
    SynastryDelta.Builder delta = SynastryDelta.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "pairId" -> delta.setPairId(string(in, name));
        case "chartA" -> delta.setChartA(string(in, name));
        case "chartB" -> delta.setChartB(string(in, name));
        case "revisionA" -> delta.setRevisionA(int64(in, name));
        case "revisionB" -> delta.setRevisionB(int64(in, name));
        case "policy" -> delta.setPolicy(string(in, name));
        case "sequence" -> delta.setSequence(int64(in, name));
        case "closed" -> delta.setClosed(in.hasValue() && in.bool(name));
        case "changes" -> {
          if (in.hasValue()) {
            in.requireArray(name);
            while (in.nextElement()) {
              delta.addChanges(change(in));
            }
          }
        }
        default -> in.skip();
      }
    }
    return delta.build();
  }

  static SynastryAspects aspects(JsonInput in) throws Refusal, IOException {
    SynastryAspects.Builder aspects = SynastryAspects.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "pairId" -> aspects.setPairId(string(in, name));
        case "chartA" -> aspects.setChartA(string(in, name));
        case "chartB" -> aspects.setChartB(string(in, name));
        case "revisionA" -> aspects.setRevisionA(int64(in, name));
        case "revisionB" -> aspects.setRevisionB(int64(in, name));
        case "policy" -> aspects.setPolicy(string(in, name));
        case "sequence" -> aspects.setSequence(int64(in, name));
        case "aspects" -> {
          if (in.hasValue()) {
            in.requireArray(name);
            while (in.nextElement()) {
              aspects.addAspects(aspect(in));
            }
          }
        }
        default -> in.skip();
      }
    }
    return aspects.build();
  }

  static SynastryScore score(JsonInput in) throws Refusal, IOException {
    SynastryScore.Builder score = SynastryScore.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "pairId" -> score.setPairId(string(in, name));
        case "revisionA" -> score.setRevisionA(int64(in, name));
        case "revisionB" -> score.setRevisionB(int64(in, name));
        case "overall" -> score.setOverall(number(in, name));
        case "rawTotal" -> score.setRawTotal(number(in, name));
        case "areas" -> {
          if (in.hasValue()) {
            score.setAreas(areas(in));
          }
        }
        case "natureCounts" -> {
          if (in.hasValue()) {
            score.setNatureCounts(natureCounts(in));
          }
        }
        case "model" -> score.setModel(string(in, name));
        case "experiment" -> score.setExperiment(string(in, name));
        case "arm" -> score.setArm(string(in, name));
        case "modelScore" -> {
          if (in.hasValue()) {
            score.setModelScore(in.number(name));
          }
        }
        default -> in.skip();
      }
    }
    return score.build();
  }

  private static Areas areas(JsonInput in) throws Refusal, IOException {
    in.requireObject("areas");
    Areas.Builder areas = Areas.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "emotional" -> areas.setEmotional(number(in, name));
        case "communication" -> areas.setCommunication(number(in, name));
        case "physical" -> areas.setPhysical(number(in, name));
        case "spiritual" -> areas.setSpiritual(number(in, name));
        case "stability" -> areas.setStability(number(in, name));
        default -> in.skip();
      }
    }
    return areas.build();
  }

  private static NatureCounts natureCounts(JsonInput in) throws Refusal, IOException {
    in.requireObject("natureCounts");
    NatureCounts.Builder counts = NatureCounts.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "harmonious" -> counts.setHarmonious(count(in, name));
        case "challenging" -> counts.setChallenging(count(in, name));
        case "neutral" -> counts.setNeutral(count(in, name));
        default -> in.skip();
      }
    }
    return counts.build();
  }

  private static AspectChange change(JsonInput in) throws Refusal, IOException {
    in.requireObject("a change");
    AspectChange.Builder change = AspectChange.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "bodyA" -> change.setBodyA(string(in, name));
        case "bodyB" -> change.setBodyB(string(in, name));
        case "change" -> change.setChange(kind(string(in, name)));
        case "aspect" -> change.setAspect(string(in, name));
        case "orb" -> change.setOrb(number(in, name));
        case "previousAspect" -> change.setPreviousAspect(string(in, name));
        case "previousOrb" -> change.setPreviousOrb(number(in, name));
        default -> in.skip();
      }
    }
    return change.build();
  }

  private static PairAspect aspect(JsonInput in) throws Refusal, IOException {
    in.requireObject("an aspect");
    PairAspect.Builder aspect = PairAspect.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "bodyA" -> aspect.setBodyA(string(in, name));
        case "bodyB" -> aspect.setBodyB(string(in, name));
        case "aspect" -> aspect.setAspect(string(in, name));
        case "orb" -> aspect.setOrb(number(in, name));
        default -> in.skip();
      }
    }
    return aspect.build();
  }

  private static Change kind(String name) throws Refusal {
    try {
      return Change.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw JsonInput.broken("a change is of no known kind");
    }
  }

  private static String string(JsonInput in, String name) throws Refusal, IOException {
    return in.hasValue() ? in.string(name) : "";
  }

  private static long int64(JsonInput in, String name) throws Refusal, IOException {
    return in.hasValue() ? in.int64(name) : 0;
  }

  private static int count(JsonInput in, String name) throws Refusal, IOException {
    long count = int64(in, name);
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw JsonInput.broken(name + " is not a count");
    }
    return (int) count;
  }

  private static double number(JsonInput in, String name) throws Refusal, IOException {
    return in.hasValue() ? in.number(name) : 0;
  }
}
