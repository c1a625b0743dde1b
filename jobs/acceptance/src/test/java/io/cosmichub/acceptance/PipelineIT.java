package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.acceptance.Goldens.Couple;
import io.cosmichub.acceptance.Goldens.People;
import io.cosmichub.acceptance.Messages.Aspects;
import io.cosmichub.acceptance.Messages.Cell;
import io.cosmichub.acceptance.Messages.Change;
import io.cosmichub.acceptance.Messages.Delta;
import io.cosmichub.acceptance.Messages.Held;
import io.cosmichub.acceptance.Messages.Live;
import io.cosmichub.acceptance.Messages.Score;
import io.cosmichub.contracts.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * End to end: a real broker, a real Flink with RocksDB and checkpoints, read-committed consumers,
 * in both formats.
 */
final class PipelineIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension private static final Stage stage = new Stage();

  @ParameterizedTest
  @EnumSource(Format.class)
  void couplesComeOutAsIndependentCodeComputedThem(Format format) {
    People people = Goldens.people();
    List<Couple> couples = Goldens.couples();
    try (Inputs in = stage.inputs(format);
        Outputs out = stage.outputs();
        Cluster.Job job = stage.submit(format)) {
      // Half of the watches come before their charts, half after.
      couples.stream().limit(couples.size() / 2).forEach(couple -> watch(in, couple));
      charts(couples).forEach(id -> in.chart(id, 1, people.chart(id)));
      in.flush();
      couples.stream().skip(couples.size() / 2).forEach(couple -> watch(in, couple));
      in.flush();
      awaitAll(out, couples);

      for (Couple couple : couples) {
        Aspects aspects = Objects.requireNonNull(out.aspects(couple.pairId()));
        assertThat(aspects)
            .isEqualTo(
                new Aspects(
                    couple.pairId(),
                    couple.chartA(),
                    couple.chartB(),
                    1,
                    1,
                    "classic",
                    1,
                    Inputs.effectiveAt(1).toString(),
                    couple.aspects()));
        assertScore(Objects.requireNonNull(out.score(couple.pairId())), couple);
        assertThat(out.deltas(couple.pairId()))
            .containsExactly(
                new Delta(
                    couple.pairId(),
                    couple.chartA(),
                    couple.chartB(),
                    1,
                    1,
                    "classic",
                    1,
                    Inputs.effectiveAt(1).toString(),
                    false,
                    Oracle.changes(Map.of(), couple.aspects())));
        Live live =
            Messages.live(Objects.requireNonNull(out.latest(Outputs.LIVE, couple.pairId())));
        assertThat(live)
            .isEqualTo(
                new Live(out.deltas(couple.pairId()).get(0), aspects, out.score(couple.pairId())));
      }
      long charts = charts(couples).size();
      assertThat(stage.accounting())
          .isEqualTo(new Accounting(charts + couples.size(), charts + couples.size(), 0, 0, 0, 0));
      assertThat(stage.accounting().read()).isEqualTo(in.sent());
      assertThat(job.restarts()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void onlyWhatMovedIsRecomputedAndOnlyWhatChangedIsSent(Format format) {
    People people = Goldens.people();
    List<Couple> couples = Goldens.couplesApart(60);
    try (Inputs in = stage.inputs(format);
        Outputs out = stage.outputs();
        Cluster.Job job = stage.submit(format)) {
      couples.forEach(couple -> watch(in, couple));
      charts(couples).forEach(id -> in.chart(id, 1, people.chart(id)));
      in.flush();
      awaitAll(out, couples);

      Map<String, List<Delta>> expected = new LinkedHashMap<>();
      for (Couple couple : couples) {
        Map<String, Integer> a = people.chart(couple.chartA());
        Map<String, Integer> b = people.chart(couple.chartB());
        Map<String, Integer> moved = moved(a, Map.of("moon", 40_000_000));
        Map<String, Integer> movedTwice =
            moved(moved, Map.of("sun", 1_000_000, "pluto", 359_999_999));
        // Applied: two moves. Applied without effect: a move to where it stands already.
        in.move(couple.chartA(), 3, only(moved, "moon"));
        in.move(couple.chartA(), 5, only(movedTwice, "sun", "pluto"));
        in.move(couple.chartA(), 6, only(movedTwice, "mars"));
        // Late: a body that was set since. The same again. The same revision with other content.
        in.move(couple.chartA(), 2, only(a, "moon"));
        in.move(couple.chartA(), 5, only(movedTwice, "sun", "pluto"));
        in.move(couple.chartA(), 3, only(moved(moved, Map.of("moon", 1)), "moon"));
        Map<Cell, Held> before = couple.aspects();
        List<Delta> deltas = new ArrayList<>();
        deltas.add(delta(couple, 1, 1, Map.of(), before));
        for (Map.Entry<Long, Map<String, Integer>> step :
            Map.of(3L, moved, 5L, movedTwice).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
          Map<Cell, Held> after = Oracle.aspects(step.getValue(), b);
          if (!after.equals(before)) {
            deltas.add(delta(couple, step.getKey(), deltas.size() + 1, before, after));
          }
          before = after;
        }
        expected.put(couple.pairId(), deltas);
      }
      in.flush();
      out.await(
          "the deltas of the moves",
          LIMIT,
          () ->
              couples.stream()
                  .allMatch(
                      couple ->
                          out.deltas(couple.pairId()).size()
                              >= Objects.requireNonNull(expected.get(couple.pairId())).size()));
      awaitAccounted(in);
      out.drain(LIMIT);

      expected.forEach((pairId, deltas) -> assertThat(out.deltas(pairId)).isEqualTo(deltas));
      assertThat(
              expected.values().stream()
                  .flatMap(List::stream)
                  .filter(delta -> delta.revisionA() == 3))
          .isNotEmpty()
          .allSatisfy(
              delta ->
                  assertThat(delta.changes())
                      .allMatch(change -> change.cell().bodyA().equals("moon")));
      couples.forEach(couple -> assertWhole(out, couple.pairId()));
      long n = couples.size();
      long charts = charts(couples).size();
      assertThat(stage.accounting())
          .isEqualTo(new Accounting(in.sent(), n + charts + 3 * n, n, n, n, 0));
      assertThat(job.restarts()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aTombstoneDissolvesAndErasesAndALaterChartStartsAnew(Format format) {
    People people = Goldens.people();
    List<Couple> couples = Goldens.couplesApart(30);
    List<Couple> erased = couples.subList(0, 10);
    List<Couple> unwatched = couples.subList(10, 20);
    List<Couple> untouched = couples.subList(20, 30);
    try (Inputs in = stage.inputs(format);
        Outputs out = stage.outputs();
        Cluster.Job job = stage.submit(format)) {
      couples.forEach(couple -> watch(in, couple));
      charts(couples).forEach(id -> in.chart(id, 7, people.chart(id)));
      in.flush();
      awaitAll(out, couples);

      erased.forEach(couple -> in.eraseChart(couple.chartA()));
      unwatched.forEach(couple -> in.unwatch(couple.pairId()));
      in.flush();
      List<Couple> gone = couples.subList(0, 20);
      out.await(
          "tombstones on aspects and scores, and closing deltas",
          LIMIT,
          () -> gone.stream().allMatch(couple -> isGone(out, couple.pairId())));
      for (Couple couple : gone) {
        Delta closing = out.deltas(couple.pairId()).get(1);
        assertThat(closing.closed()).isTrue();
        assertThat(closing.sequence()).isEqualTo(2);
        assertThat(closing.changes()).isEqualTo(Oracle.changes(couple.aspects(), Map.of()));
        assertThat(Messages.live(Objects.requireNonNull(out.latest(Outputs.LIVE, couple.pairId()))))
            .isEqualTo(new Live(closing, null, null));
        assertThat(out.fold(couple.pairId()).open()).isFalse();
      }

      // A late move brings nobody back; tombstones again are duplicates; a full chart starts anew,
      // whatever its revision.
      erased.forEach(
          couple -> in.move(couple.chartA(), 99, only(people.chart(couple.chartA()), "sun")));
      in.flush();
      awaitAccounted(in);
      erased.forEach(couple -> in.eraseChart(couple.chartA()));
      unwatched.forEach(couple -> in.unwatch(couple.pairId()));
      in.flush();
      awaitAccounted(in);
      List<Couple> back = couples.subList(5, 15);
      erased
          .subList(5, 10)
          .forEach(couple -> in.chart(couple.chartA(), 2, people.chart(couple.chartA())));
      unwatched.subList(0, 5).forEach(couple -> watch(in, couple));
      in.flush();
      awaitAll(out, back);
      awaitAccounted(in);
      out.drain(LIMIT);

      for (Couple couple : back) {
        assertThat(out.fold(couple.pairId()).lives()).isEqualTo(2);
        assertThat(out.deltas(couple.pairId()).get(2).sequence()).isEqualTo(1);
        assertThat(Objects.requireNonNull(out.aspects(couple.pairId())).aspects())
            .isEqualTo(couple.aspects());
        assertWhole(out, couple.pairId());
      }
      assertThat(out.deltas(erased.get(9).pairId()).get(2).revisionA()).isEqualTo(2);
      for (Couple couple : List.of(erased.get(0), unwatched.get(9))) {
        assertThat(out.deltas(couple.pairId())).hasSize(2);
        assertThat(out.erased(Outputs.ASPECTS, couple.pairId())).isTrue();
        assertThat(out.erased(Outputs.SCORES, couple.pairId())).isTrue();
      }
      for (Couple couple : untouched) {
        assertThat(out.deltas(couple.pairId())).hasSize(1);
        assertWhole(out, couple.pairId());
      }
      // Stale: ten late moves. Duplicate: twenty tombstones again.
      assertThat(stage.accounting())
          .isEqualTo(new Accounting(in.sent(), in.sent() - 30, 10, 20, 0, 0));
      assertThat(job.restarts()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aStopWithSavepointInMidStreamLosesAndDoublesNothing(Format format) throws Exception {
    Movement movement = new Movement(Goldens.couplesApart(80), Goldens.people());
    try (Inputs in = stage.inputs(format);
        Outputs out = stage.outputs()) {
      String savepoint;
      try (Cluster.Job job = stage.submit(format)) {
        movement.begin(in);
        out.await("every pair's first aspects", LIMIT, () -> movement.begun(out));
        for (int i = 0; i < 1_000; i++) {
          movement.step(in);
          if (i % 10 == 0) {
            out.poll();
          }
        }
        assertThat(job.restarts()).isZero();
        CompletableFuture<String> stopping = job.stopWithSavepoint();
        while (!stopping.isDone()) {
          movement.step(in);
          out.poll();
        }
        savepoint = stopping.get();
      }
      for (int i = 0; i < 500; i++) {
        movement.step(in);
      }
      in.flush();
      out.drain(LIMIT);
      assertThat(movement.missing(out))
          .as("deltas still to come when the job is restored")
          .isPositive();

      try (Cluster.Job job = stage.submit(format, savepoint)) {
        for (int i = 0; i < 500; i++) {
          movement.step(in);
        }
        in.flush();
        out.await("every delta", LIMIT, () -> movement.missing(out) == 0);
        out.drain(LIMIT);
        movement.assertExactlyOnce(out);
        assertThat(job.restarts()).isZero();
      }
    }
  }

  private void watch(Inputs in, Couple couple) {
    in.watch(couple.pairId(), couple.chartA(), couple.chartB());
  }

  /** Whether the end of a pair has come on all of its topics, which are read one by one. */
  private static boolean isGone(Outputs out, String pairId) {
    var live = out.latest(Outputs.LIVE, pairId);
    return out.erased(Outputs.ASPECTS, pairId)
        && out.erased(Outputs.SCORES, pairId)
        && out.deltas(pairId).size() > 1
        && live != null
        && Messages.live(live).aspects() == null;
  }

  private static void awaitAll(Outputs out, List<Couple> couples) {
    out.await(
        "every output of " + couples.size() + " couples",
        LIMIT,
        () ->
            couples.stream()
                .allMatch(
                    couple ->
                        out.aspects(couple.pairId()) != null
                            && out.score(couple.pairId()) != null
                            && !out.deltas(couple.pairId()).isEmpty()
                            && out.latest(Outputs.LIVE, couple.pairId()) != null));
  }

  /** Waits until each record that was sent has met its fate. */
  private static void awaitAccounted(Inputs in) {
    Await.until(
        "the fate of every record",
        LIMIT,
        () -> stage.accounting().accounted() == in.sent(),
        () -> stage.accounting() + " of " + in.sent());
  }

  /**
   * The latest aspects and score of a pair agree with each other, with the fold of its deltas and
   * with the last live record.
   */
  private static void assertWhole(Outputs out, String pairId) {
    Aspects aspects = Objects.requireNonNull(out.aspects(pairId));
    Score score = Objects.requireNonNull(out.score(pairId));
    assertThat(aspects.aspects()).isEqualTo(out.fold(pairId).aspects());
    assertThat(aspects.sequence()).isEqualTo(out.fold(pairId).sequence());
    assertThat(score.rawTotal()).isEqualTo(Oracle.rawTotal(aspects.aspects()), within(1e-9));
    List<Delta> deltas = out.deltas(pairId);
    assertThat(Messages.live(Objects.requireNonNull(out.latest(Outputs.LIVE, pairId))))
        .isEqualTo(new Live(deltas.get(deltas.size() - 1), aspects, score));
  }

  private static void assertScore(Score score, Couple couple) {
    assertThat(score.overall()).isEqualTo(couple.overall());
    assertThat(score.rawTotal()).isEqualTo(couple.rawTotal(), within(1e-9));
    couple
        .areas()
        .forEach(
            (area, value) ->
                assertThat(score.areas().get(area)).as(area).isEqualTo(value, within(1e-9)));
    assertThat(List.of(score.harmonious(), score.challenging(), score.neutral()))
        .containsExactly(couple.harmonious(), couple.challenging(), couple.neutral());
    assertThat(score.model()).isEqualTo("rules/classic@1");
    assertThat(List.of(score.revisionA(), score.revisionB())).containsExactly(1L, 1L);
  }

  private static Delta delta(
      Couple couple, long revisionA, long sequence, Map<Cell, Held> before, Map<Cell, Held> after) {
    List<Change> changes = Oracle.changes(before, after);
    return new Delta(
        couple.pairId(),
        couple.chartA(),
        couple.chartB(),
        revisionA,
        1,
        "classic",
        sequence,
        Inputs.effectiveAt(revisionA).toString(),
        false,
        changes);
  }

  private static Set<String> charts(List<Couple> couples) {
    Set<String> ids = new LinkedHashSet<>();
    for (Couple couple : couples) {
      ids.add(couple.chartA());
      ids.add(couple.chartB());
    }
    return ids;
  }

  private static Map<String, Integer> moved(Map<String, Integer> chart, Map<String, Integer> by) {
    Map<String, Integer> moved = new LinkedHashMap<>(chart);
    by.forEach(
        (body, distance) -> moved.merge(body, distance, (one, two) -> (one + two) % 360_000_000));
    return moved;
  }

  private static Map<String, Integer> only(Map<String, Integer> chart, String... bodies) {
    Map<String, Integer> some = new LinkedHashMap<>();
    for (String body : bodies) {
      some.put(body, Objects.requireNonNull(chart.get(body)));
    }
    return some;
  }
}
