package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.v1.ControlRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Models that come and go while pairs move, on a real broker and a real Flink. */
final class ServingIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int COUPLES = 40;
  private static final int SWAPS = 4;
  private static final int MOVES_A_SWAP = 400;

  @RegisterExtension private static final Stage stage = new Stage();

  @Test
  void modelsAreSwappedUnderLoadAndNoScoreIsLostOrDoubled() throws Exception {
    Movement movement = movement();
    try (Inputs in = stage.inputs(Format.JSON);
        Outputs out = stage.outputs();
        Cluster.Job job = stage.submit(Format.JSON)) {
      movement.begin(in);
      out.await("the first aspects of every pair", LIMIT, () -> movement.begun(out));
      assertThat(out.all(Outputs.SCORES))
          .allMatch(score -> Served.of(score).model().equals("rules/classic@1"));
      for (int version = 1; version <= SWAPS; version++) {
        in.control(Served.announce(version, Served.artifact(version, 8, 0)));
        if (version == 1) {
          in.control(Served.flag(1, 1));
        }
        for (int move = 0; move < MOVES_A_SWAP; move++) {
          movement.step(in);
          if (move % 20 == 0) {
            in.flush();
            Await.pause();
          }
        }
        in.flush();
        awaitModel(in, out, movement, "m@" + version);
      }
      out.await("every delta", LIMIT, () -> out.deltaCount() == movement.total());
      out.drain(LIMIT);

      assertOneScoreADeltaAndNoVersionGoesBack(out);
      Set<String> seen = new HashSet<>();
      for (ConsumerRecord<byte[], byte[]> live : out.all(Outputs.LIVE)) {
        Served served = Served.ofLive(live);
        seen.add(served.model());
        if (served.model().startsWith("m@")) {
          assertThat(served.modelScore())
              .isCloseTo(Served.expected(served.version(), live), within(1e-4));
        }
      }
      assertThat(seen).contains("rules/classic@1", "m@1", "m@2", "m@3", "m@4");
      assertThat(stage.accounting().accounted()).isEqualTo(in.sent());
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void modelsAreSwappedUnderLoadWhileEveryPairIsScoredAgainAndNoScoreIsLostOrDoubled()
      throws Exception {
    Movement movement = movement();
    try (Inputs in = stage.inputs(Format.JSON);
        Outputs out = stage.outputs();
        Cluster.Job job = stage.submit(Format.JSON)) {
      movement.begin(in);
      out.await("the first aspects of every pair", LIMIT, () -> movement.begun(out));
      in.control(Served.rescoring(1));
      in.control(Served.flag(1, 1));
      for (int version = 1; version <= SWAPS; version++) {
        in.control(Served.announce(version, Served.artifact(version, 8, 0)));
        for (int move = 0; move < MOVES_A_SWAP; move++) {
          movement.step(in);
          if (move % 20 == 0) {
            in.flush();
            Await.pause();
          }
        }
        in.flush();
        awaitModel(in, out, movement, "m@" + version);
      }
      String last = "m@" + SWAPS;
      out.await(
          "every delta, and every pair scored by the last model",
          LIMIT,
          () -> out.deltaCount() == movement.total() && pairsLatelyBy(out, last) == COUPLES);
      out.drain(LIMIT);

      assertEachDeltaIsScoredAndByNoModelTwice(out);
      assertThat(out.all(Outputs.ASPECTS)).hasSize(out.deltaCount());
      assertThat(out.all(Outputs.SCORES).size()).isGreaterThan(out.deltaCount());
      assertThat(stage.accounting().accounted()).isEqualTo(in.sent());
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void pairsInWhichNothingMovesAreScoredOnceByANewModelIfAFlagSaysSo() throws Exception {
    Movement movement = movement();
    try (Inputs in = stage.inputs(Format.JSON);
        Outputs out = stage.outputs();
        Cluster.Job job = stage.submit(Format.JSON)) {
      movement.begin(in);
      out.await("the first aspects of every pair", LIMIT, () -> movement.begun(out));
      in.control(Served.announce(1, Served.artifact(1, 8, 0)));
      in.control(Served.flag(1, 1));
      stage.awaitServed(2);
      in.control(Served.rescoring(1));
      out.await("a second score of every pair", LIMIT, () -> scores(out) >= 2 * COUPLES);
      in.control(Served.announce(2, Served.artifact(2, 8, 0)));
      out.await("a third score of every pair", LIMIT, () -> scores(out) >= 3 * COUPLES);
      stage.awaitServed(4);
      Await.until(
          "no walk is under way",
          LIMIT,
          () ->
              stage.metrics().ending("_cosmichub_rescoring_walks").stream()
                  .allMatch(sample -> sample.value() == 0));
      for (int move = 0; move < COUPLES; move++) {
        movement.step(in);
      }
      in.flush();
      out.await("every delta", LIMIT, () -> out.deltaCount() == movement.total());
      out.drain(LIMIT);

      Map<String, List<String>> models = new LinkedHashMap<>();
      for (ConsumerRecord<byte[], byte[]> score : out.all(Outputs.SCORES)) {
        models
            .computeIfAbsent(Messages.key(score), id -> new ArrayList<>())
            .add(Served.of(score).model());
      }
      assertThat(models).hasSize(COUPLES);
      models.forEach(
          (pairId, scored) -> {
            List<String> expected = new ArrayList<>(List.of("rules/classic@1", "m@1", "m@2"));
            expected.addAll(Collections.nCopies(out.deltas(pairId).size() - 1, "m@2"));
            assertThat(scored).as(pairId).isEqualTo(expected);
          });
      assertThat(out.all(Outputs.ASPECTS)).hasSize(out.deltaCount());
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void whatIsServedOutlivesASavepoint() throws Exception {
    Movement movement = movement();
    try (Inputs in = stage.inputs(Format.JSON);
        Outputs out = stage.outputs()) {
      String savepoint;
      try (Cluster.Job job = stage.submit(Format.JSON)) {
        in.control(Served.announce(7, Served.artifact(7, 8, 0)));
        in.control(Served.flag(1, 1));
        stage.awaitServed(2);
        movement.begin(in);
        out.await("the first aspects of every pair", LIMIT, () -> movement.begun(out));
        savepoint = job.stopWithSavepoint().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
      try (Cluster.Job job = stage.submit(Format.JSON, savepoint)) {
        for (int move = 0; move < MOVES_A_SWAP; move++) {
          movement.step(in);
        }
        in.flush();
        out.await("every delta", LIMIT, () -> out.deltaCount() == movement.total());
        out.drain(LIMIT);
        assertThat(job.restarts()).isZero();
      }
      assertOneScoreADeltaAndNoVersionGoesBack(out);
      assertThat(out.all(Outputs.SCORES))
          .isNotEmpty()
          .allMatch(score -> Served.of(score).model().equals("m@7"));
    }
  }

  @Test
  void whateverIsRefusedIsSetAsideWithItsCodeAndTheModelBeforeItStays(@TempDir Path models)
      throws Exception {
    Movement movement = movement();
    try (Inputs in = stage.inputs(Format.JSON);
        Outputs out = stage.outputsAndDeadLetters();
        Cluster.Job job =
            stage.submit(
                Format.JSON, null, "--cosmichub.models.folder=" + models.toUri().toString())) {
      in.control(Served.announce(1, Served.artifact(1, 8, 0)));
      in.control(Served.flag(1, 1));
      stage.awaitServed(2);
      Map<DeadLetterCode, ControlRecord.Builder> bads = BadControls.of(models);
      for (ControlRecord.Builder bad : bads.values()) {
        in.control(bad);
      }
      movement.begin(in);
      out.await("the first aspects of every pair", LIMIT, () -> movement.begun(out));
      out.await(
          "every dead letter", LIMIT, () -> out.all(Served.CONTROL + ".dlq").size() == bads.size());
      out.drain(LIMIT);

      List<String> codes = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> letter : out.all(Served.CONTROL + ".dlq")) {
        codes.add(Messages.header(letter, "cosmichub.dlq.code"));
      }
      assertThat(codes)
          .containsExactlyInAnyOrderElementsOf(
              bads.keySet().stream().map(DeadLetterCode::name).toList());
      assertThat(bads.keySet()).isEqualTo(BadControls.codes());
      assertThat(out.all(Outputs.SCORES))
          .isNotEmpty()
          .allMatch(score -> Served.of(score).model().equals("m@1"));
      assertThat(stage.accounting().accounted()).isEqualTo(in.sent());
      assertThat(job.restarts()).isZero();
    }
  }

  private static void assertOneScoreADeltaAndNoVersionGoesBack(Outputs out) {
    Map<String, List<String>> scored = new LinkedHashMap<>();
    Map<String, Long> versions = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> message : out.all(Outputs.SCORES)) {
      Served served = Served.of(message);
      String pairId = Messages.key(message);
      scored.computeIfAbsent(pairId, id -> new ArrayList<>()).add(served.revisions());
      long version = served.model().startsWith("m@") ? served.version() : 0;
      Long before = versions.put(pairId, version);
      assertThat(version).as(pairId).isGreaterThanOrEqualTo(before == null ? 0 : before);
    }
    scored.forEach(
        (pairId, revisions) ->
            assertThat(revisions)
                .as(pairId)
                .isEqualTo(
                    out.deltas(pairId).stream()
                        .map(delta -> delta.revisionA() + "/" + delta.revisionB())
                        .toList()));
    assertThat(scored).hasSize(COUPLES);
  }

  /** Scored again a pair may be, after a delta, but not by a model that had scored it there. */
  private static void assertEachDeltaIsScoredAndByNoModelTwice(Outputs out) {
    Map<String, List<String>> scored = new LinkedHashMap<>();
    Map<String, Long> versions = new LinkedHashMap<>();
    Set<String> once = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> message : out.all(Outputs.SCORES)) {
      Served served = Served.of(message);
      String pairId = Messages.key(message);
      assertThat(once.add(pairId + " " + served.revisions() + " " + served.model()))
          .as(pairId + " at " + served.revisions() + " by " + served.model())
          .isTrue();
      List<String> revisions = scored.computeIfAbsent(pairId, id -> new ArrayList<>());
      if (revisions.isEmpty() || !revisions.get(revisions.size() - 1).equals(served.revisions())) {
        revisions.add(served.revisions());
      }
      long version = served.model().startsWith("m@") ? served.version() : 0;
      Long before = versions.put(pairId, version);
      assertThat(version).as(pairId).isGreaterThanOrEqualTo(before == null ? 0 : before);
    }
    assertThat(scored).hasSize(COUPLES);
    scored.forEach(
        (pairId, revisions) ->
            assertThat(revisions)
                .as(pairId)
                .containsSubsequence(
                    out.deltas(pairId).stream()
                        .map(delta -> delta.revisionA() + "/" + delta.revisionB())
                        .toList()));
  }

  /** Moves on until a pair is scored by the model. */
  private static void awaitModel(Inputs in, Outputs out, Movement movement, String model) {
    out.await(
        "a score by " + model,
        LIMIT,
        () -> {
          movement.step(in);
          in.flush();
          List<ConsumerRecord<byte[], byte[]>> live = out.all(Outputs.LIVE);
          return !live.isEmpty()
              && live.stream().anyMatch(record -> Served.ofLive(record).model().equals(model));
        });
  }

  private static Served served(Outputs out, String pairId) {
    return Served.of(Objects.requireNonNull(out.latest(Outputs.SCORES, pairId), pairId));
  }

  private static long pairsLatelyBy(Outputs out, String model) {
    return out.all(Outputs.SCORES).stream()
        .map(Messages::key)
        .distinct()
        .filter(pairId -> served(out, pairId).model().equals(model))
        .count();
  }

  private static int scores(Outputs out) {
    return out.all(Outputs.SCORES).size();
  }

  private static Movement movement() {
    return new Movement(Goldens.couplesApart(COUPLES), Goldens.people());
  }
}
