package io.cosmichub.contracts;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.contracts.v1.AspectChange;
import io.cosmichub.contracts.v1.PairAspect;
import io.cosmichub.contracts.v1.SynastryAspects;
import io.cosmichub.contracts.v1.SynastryDelta;
import io.cosmichub.contracts.v1.SynastryLive;
import io.cosmichub.contracts.v1.SynastryScore;
import io.cosmichub.pair.Served;
import io.cosmichub.score.Areas;
import io.cosmichub.score.RuleScore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads deltas, full sets, scores and live records back, in either format, to the exact
 * micro-degree, those of another policy with the same codes, too. {@link IllegalArgumentException}
 * for bytes that are no such message, or that name a body or aspect unknown to the policy.
 */
public final class SynastryReader {
  private final AspectPolicy policy;

  /** Reads messages of this policy. */
  public SynastryReader(AspectPolicy policy) {
    this.policy = policy;
  }

  /**
   * A delta as it was published.
   *
   * @param sequence 1 for the first of a life of the pair
   * @param closed whether the life ends with it
   * @param changes in row-major order, ready for {@code AspectDelta.fold}
   */
  public record Delta(
      String pairId,
      String chartA,
      String chartB,
      long revisionA,
      long revisionB,
      long sequence,
      boolean closed,
      List<CellChange> changes) {}

  /**
   * A full set as it was published.
   *
   * @param sequence that of the delta that led here; 0 where there was none yet
   */
  public record Standing(
      String pairId,
      String chartA,
      String chartB,
      long revisionA,
      long revisionB,
      long sequence,
      AspectSet aspects) {}

  /**
   * A score as it was published.
   *
   * @param model who scored
   * @param served how a model and an experiment had a part in it; null if none had
   */
  public record Score(
      String pairId,
      long revisionA,
      long revisionB,
      RuleScore score,
      String model,
      @Nullable Served served) {}

  /**
   * A live record: the delta, the set that it leads to, and the score of that set.
   *
   * @param aspects null where the pair has ended
   * @param score null where the pair has ended
   */
  public record Live(Delta delta, @Nullable AspectSet aspects, @Nullable Score score) {}

  /** The delta in a value of the topic of deltas. */
  public Delta delta(byte[] value) {
    return delta(message(value, SynastryJson::delta, SynastryDelta::parseFrom));
  }

  /** The full set in a value of the topic of aspects. */
  public AspectSet aspects(byte[] value) {
    return aspects(message(value, SynastryJson::aspects, SynastryAspects::parseFrom));
  }

  /** The full set in a value of the topic of aspects, and of what it is. */
  public Standing standing(byte[] value) {
    SynastryAspects message = message(value, SynastryJson::aspects, SynastryAspects::parseFrom);
    return new Standing(
        message.getPairId(),
        message.getChartA(),
        message.getChartB(),
        message.getRevisionA(),
        message.getRevisionB(),
        message.getSequence(),
        aspects(message));
  }

  /** The score in a value of the topic of scores. */
  public Score score(byte[] value) {
    return score(message(value, SynastryJson::score, SynastryScore::parseFrom));
  }

  /** The delta, the set and the score in a value of the live topic. */
  public Live live(byte[] value) {
    SynastryLive live = message(value, SynastryJson::live, SynastryLive::parseFrom);
    return new Live(
        delta(live.getDelta()),
        live.hasAspects() ? aspects(live.getAspects()) : null,
        live.hasScore() ? score(live.getScore()) : null);
  }

  private Delta delta(SynastryDelta message) {
    int widest = widest(message.getPolicy());
    List<CellChange> changes = new ArrayList<>(message.getChangesCount());
    for (AspectChange change : message.getChangesList()) {
      changes.add(
          new CellChange(
              slot(change.getBodyA()),
              slot(change.getBodyB()),
              // The one before may be of another policy.
              hit(change.getPreviousAspect(), change.getPreviousOrb(), AspectPolicy.MAX_ORB),
              hit(change.getAspect(), change.getOrb(), widest)));
    }
    return new Delta(
        message.getPairId(),
        message.getChartA(),
        message.getChartB(),
        message.getRevisionA(),
        message.getRevisionB(),
        message.getSequence(),
        message.getClosed(),
        List.copyOf(changes));
  }

  private AspectSet aspects(SynastryAspects message) {
    int widest = widest(message.getPolicy());
    AspectSet.Builder set = AspectSet.builder();
    for (PairAspect aspect : message.getAspectsList()) {
      set.put(
          slot(aspect.getBodyA()),
          slot(aspect.getBodyB()),
          hit(aspect.getAspect(), aspect.getOrb(), widest));
    }
    return set.build();
  }

  private static Score score(SynastryScore message) {
    Areas areas =
        new Areas(
            message.getAreas().getEmotional(),
            message.getAreas().getCommunication(),
            message.getAreas().getPhysical(),
            message.getAreas().getSpiritual(),
            message.getAreas().getStability());
    RuleScore score =
        new RuleScore(
            message.getOverall(),
            message.getRawTotal(),
            areas,
            message.getNatureCounts().getHarmonious(),
            message.getNatureCounts().getChallenging(),
            message.getNatureCounts().getNeutral());
    return new Score(
        message.getPairId(),
        message.getRevisionA(),
        message.getRevisionB(),
        score,
        message.getModel(),
        served(message));
  }

  private static @Nullable Served served(SynastryScore message) {
    if (!message.hasModelScore() && message.getExperiment().isEmpty()) {
      return null;
    }
    return new Served(
        message.hasModelScore() ? message.getModel() : "",
        message.getModelScore(),
        message.getExperiment(),
        message.getArm());
  }

  private static int slot(String bodyId) {
    Body body = Body.ofId(bodyId);
    if (body == null) {
      throw new IllegalArgumentException("a message names a body that does not exist");
    }
    return body.slot();
  }

  /** How wide an orb may be where another policy found it; 0: no wider than its aspect's. */
  private int widest(String policyId) {
    return policyId.isEmpty() || policyId.equals(policy.id()) ? 0 : AspectPolicy.MAX_ORB;
  }

  private int hit(String aspectId, double orb, int widest) {
    if (aspectId.isEmpty()) {
      return Hit.NONE;
    }
    Aspect aspect = policy.aspectOfId(aspectId);
    if (aspect == null) {
      throw new IllegalArgumentException(
          "a message names an aspect that policy " + policy.id() + " does not have");
    }
    int microDegrees = Decimals.microDegrees(orb);
    if (microDegrees < 0 || microDegrees > Math.max(aspect.maxOrb(), widest)) {
      throw new IllegalArgumentException("a message gives an orb beyond that of its aspect");
    }
    return Hit.of(aspect.code(), microDegrees);
  }

  private interface JsonParser<M> {
    M parse(JsonInput in) throws Refusal, IOException;
  }

  private interface ProtobufParser<M> {
    M parse(byte[] value) throws InvalidProtocolBufferException;
  }

  private static <M> M message(byte[] value, JsonParser<M> json, ProtobufParser<M> protobuf) {
    try {
      if (value.length == 0 || value[0] != '{') {
        return protobuf.parse(value);
      }
      try (JsonInput in = JsonInput.of(value)) {
        in.startMessage();
        M message = json.parse(in);
        in.endMessage();
        return message;
      }
    } catch (Refusal | IOException e) {
      throw new IllegalArgumentException("the bytes are not such a message", e);
    }
  }
}
