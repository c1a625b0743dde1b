package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Format;
import io.cosmichub.experiment.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Flags that are on for a share of all pairs, on a real broker and a real Flink. */
final class RolloutIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int COUPLES = 40;
  private static final String RULES = "rules/classic@1";
  private static final String MODEL = "m@1";

  @RegisterExtension private static final Stage stage = new Stage();

  @Test
  void aShareOfPairsIsScoredByAModelAndAnotherShareAgainThoughNothingMoves() throws Exception {
    Movement movement = movement();
    Rollout again = new Rollout(Rollout.Feature.RESCORING, Served.AGAIN, 0.5);
    Map<String, List<String>> expected = new LinkedHashMap<>();
    Goldens.couplesApart(COUPLES)
        .forEach(couple -> expected.put(couple.pairId(), new ArrayList<>(List.of(RULES))));
    List<Set<String>> byModel = new ArrayList<>();
    try (Inputs in = stage.inputs(Format.JSON);
        Outputs out = stage.outputs();
        Cluster.Job job = stage.submit(Format.JSON)) {
      movement.begin(in);
      out.await("the first aspects of every pair", LIMIT, () -> movement.begun(out));
      in.control(Served.announce(1, Served.artifact(1, 8, 0)));
      in.control(Served.rescoring(1, again.share()));
      for (double share : List.of(0.25, 0.6, 0.1)) {
        int version = byModel.size() + 1;
        Rollout model = new Rollout(Rollout.Feature.MODEL, Served.SALT, share);
        in.control(Served.flag(version, share));
        stage.awaitServed(2 + version);
        expected.forEach(
            (pairId, models) -> {
              String now = model.includes(pairId) ? MODEL : RULES;
              if (again.includes(pairId) && !models.get(models.size() - 1).equals(now)) {
                models.add(now);
              }
            });
        out.await(
            "a new score of every pair that is scored again",
            LIMIT,
            () -> out.all(Outputs.SCORES).size() >= size(expected));
        Map<String, Integer> deltas = new LinkedHashMap<>();
        expected.keySet().forEach(pairId -> deltas.put(pairId, out.deltas(pairId).size()));
        for (int move = 0; move < COUPLES; move++) {
          movement.step(in);
        }
        in.flush();
        out.await("every delta", LIMIT, () -> out.deltaCount() == movement.total());
        out.drain(LIMIT);
        expected.forEach(
            (pairId, models) -> {
              int before = Objects.requireNonNull(deltas.get(pairId));
              for (int delta = before; delta < out.deltas(pairId).size(); delta++) {
                models.add(model.includes(pairId) ? MODEL : RULES);
              }
            });
        assertThat(models(out)).isEqualTo(expected);
        byModel.add(latelyByModel(out));
      }
      assertThat(byModel.get(1))
          .containsAll(byModel.get(0))
          .hasSizeGreaterThan(byModel.get(0).size());
      assertThat(byModel.get(2)).isNotEmpty().hasSizeLessThan(byModel.get(0).size());
      assertThat(byModel.get(0)).containsAll(byModel.get(2));
      assertThat(out.all(Outputs.ASPECTS)).hasSize(out.deltaCount());
      assertThat(out.all(Outputs.SCORES)).hasSizeGreaterThan(out.deltaCount());
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void aFlagOfDevicesIsTakenAndShownWhereThereIsNoneAndChangesNothing() throws Exception {
    Movement movement = movement();
    try (Inputs in = stage.inputs(Format.JSON);
        Outputs out = stage.outputsAndDeadLetters();
        Cluster.Job job = stage.submit(Format.JSON, null, "--cosmichub.kernel=vector")) {
      in.control(Served.gpu(1, 0.25));
      in.control(Served.gpu(2, 1.25));
      stage.awaitServed(1);
      movement.begin(in);
      out.await("the first aspects of every pair", LIMIT, () -> movement.begun(out));
      out.await("the dead letter", LIMIT, () -> !out.all(Served.CONTROL + ".dlq").isEmpty());
      out.drain(LIMIT);

      assertThat(stage.metrics().ending("_cosmichub_gpu_share"))
          .extracting(Metrics.Sample::value)
          .containsExactly(0.25, 0.25);
      assertThat(stage.metrics().ending("_cosmichub_gpu_devices"))
          .extracting(Metrics.Sample::value)
          .containsExactly(0.0, 0.0);
      assertThat(stage.metrics().ending("_cosmichub_gpu_pairs"))
          .extracting(Metrics.Sample::value)
          .containsExactly(0.0, 0.0);
      assertThat(out.all(Served.CONTROL + ".dlq"))
          .extracting(letter -> Messages.header(letter, "cosmichub.dlq.code"))
          .containsExactly("ROLLOUT_INVALID");
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void pairsTurnToAnotherPolicyByAFlagAndBackWithEveryAspectTakenAlong() throws Exception {
    Movement movement = movement();
    try (Inputs in = stage.inputs(Format.JSON);
        Outputs out = stage.outputs();
        Cluster.Job job =
            stage.submit(
                Format.JSON,
                null,
                "--cosmichub.policy.candidate=tight",
                "--cosmichub.policy.candidate-orbs=trine=4,sextile=3,square=11,quincunx=0")) {
      movement.begin(in);
      out.await("the first aspects of every pair", LIMIT, () -> movement.begun(out));
      in.control(Served.policy(1, 1, "tight"));
      out.await("every pair under the other", LIMIT, () -> out.deltaCount() == 2 * COUPLES);
      out.drain(LIMIT);
      int wider = 0;
      for (Goldens.Couple couple : Goldens.couplesApart(COUPLES)) {
        List<Messages.Delta> deltas = out.deltas(couple.pairId());
        assertThat(deltas).extracting(Messages.Delta::policy).containsExactly("classic", "tight");
        Messages.Aspects latest = Objects.requireNonNull(out.aspects(couple.pairId()));
        assertThat(latest.policy()).isEqualTo("tight");
        assertThat(latest.aspects()).isEqualTo(out.fold(couple.pairId()).aspects());
        for (Messages.Held held : latest.aspects().values()) {
          assertThat(held.aspect()).isNotEqualTo("quincunx");
          assertThat(held.aspect().equals("trine") && held.orb() > 4_000_000).isFalse();
          wider += held.aspect().equals("square") && held.orb() > 8_000_000 ? 1 : 0;
        }
      }
      assertThat(wider).isPositive();
      assertThat(out.all(Outputs.SCORES))
          .hasSize(2 * COUPLES)
          .extracting(score -> Served.of(score).model())
          .containsOnly("rules/classic@1", "rules/tight@1");

      in.control(Served.policy(2, 0, "tight"));
      out.await("every pair back again", LIMIT, () -> out.deltaCount() == 3 * COUPLES);
      for (int move = 0; move < COUPLES; move++) {
        movement.step(in);
      }
      in.flush();
      out.await("every delta", LIMIT, () -> out.deltaCount() == movement.total() + 2 * COUPLES);
      out.drain(LIMIT);
      movement.assertAspects(out);
      assertThat(job.restarts()).isZero();
    }
  }

  /** Who scored each pair, in order. */
  private static Map<String, List<String>> models(Outputs out) {
    Map<String, List<String>> models = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> score : out.all(Outputs.SCORES)) {
      models
          .computeIfAbsent(Messages.key(score), id -> new ArrayList<>())
          .add(Served.of(score).model());
    }
    return models;
  }

  private static Set<String> latelyByModel(Outputs out) {
    Set<String> pairs = new HashSet<>();
    models(out)
        .forEach(
            (pairId, models) -> {
              if (models.get(models.size() - 1).equals(MODEL)) {
                pairs.add(pairId);
              }
            });
    return pairs;
  }

  private static int size(Map<String, List<String>> models) {
    return models.values().stream().mapToInt(List::size).sum();
  }

  private static Movement movement() {
    return new Movement(Goldens.couplesApart(COUPLES), Goldens.people());
  }
}
