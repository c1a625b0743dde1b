package io.cosmichub.streaming.pair;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.PublishedChart;
import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.given.Tight;
import io.cosmichub.streaming.hot.HotKeyedOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has a walk of a rescoring begin anew, and what leaves it where it is. */
final class WalkTest {

  private static final int PAIRS = 100;
  private static final int PER_SECOND = 500;
  private static final int PAGE = 10;
  private static final long PAUSE = 20;

  /** What changes who scores, where m@3 and m@2 are there and a flag has half of the pairs by m. */
  private static final List<PairWork> CHANGES =
      List.of(
          Models.tell(Models.announce("m", 4, 4)),
          Models.remove("m"),
          Models.tell(Models.flag(2, 0.4, "m", "")),
          Models.tell(Models.flag(2, 0.5, "m@2", "")),
          Models.tell(Models.flag(2, 0.5, "m", "m@2")),
          Models.remove("who"),
          Models.tell(Models.experiment(1, "m@2")),
          Models.tell(Models.experiment(1, "m")),
          Models.tell(gpuNamed("who")));

  /** What does not. */
  private static final List<PairWork> NO_CHANGES =
      List.of(
          Models.tell(Models.announce("other", 1, 1)),
          Models.remove("other"),
          Models.remove("nobody"),
          Models.tell(Models.flag(2, 0.5, "m", "")),
          Models.tell(Models.flag(3, 0.5, "m@3", "")),
          Models.tell(Models.experiment(1, "absent")),
          Models.tell(pause()),
          Models.tell(Models.gpu(1, 0.5)),
          Models.remove("devices"),
          Models.tell(Models.rescoring(2, 0.9)));

  private final Harnesses harnesses = new Harnesses();
  private @Nullable KeyedTwoInputStreamOperatorTestHarness<String, SideUpdate, PairWork, PairWork>
      head;
  private long now;

  @BeforeEach
  void open() throws Exception {
    open(null);
    for (int pair = 0; pair < PAIRS; pair++) {
      head().processElement1(side(pair, Side.A), 0);
      head().processElement1(side(pair, Side.B), 0);
    }
    tell(Models.tell(Models.announce("m", 1, 1)));
    tell(Models.tell(Models.announce("m", 2, 2)));
    tell(Models.tell(Models.announce("m", 3, 3)));
    tell(Models.tell(Models.flag(1, 0.5, "m", "")));
    tell(Models.tell(Models.rescoring(1, 1)));
    rescored();
  }

  @AfterEach
  void close() throws Exception {
    harnesses.close();
  }

  @Test
  void whatHasNoPairScoredByAnotherLeavesAWalkWhereItIsAndBeginsNone() throws Exception {
    List<String> seen = new ArrayList<>();
    for (PairWork news : NO_CHANGES.subList(0, NO_CHANGES.size() - 1)) {
      pass();
      seen.addAll(rescored());
      tell(news);
    }
    seen.addAll(walk());
    assertThat(seen).doesNotHaveDuplicates().hasSize(PAIRS);
    for (PairWork news : NO_CHANGES) {
      tell(news);
      assertThat(walk()).isEmpty();
    }
  }

  @Test
  void aShareOfRescoringThatIsLoweredGoesOnWithThePairsThatStayIn() throws Exception {
    pass();
    List<String> seen = rescored();
    tell(Models.tell(Models.rescoring(2, 0.5)));
    List<String> rest = walk();
    assertThat(rest).isNotEmpty().doesNotContainAnyElementsOf(seen);
    Rollout half = Models.rescoring(2, 0.5).rollout();
    assertThat(rest).allMatch(half::includes);
    TreeSet<String> both = new TreeSet<>(seen);
    both.addAll(rest);
    for (int pair = 0; pair < PAIRS; pair++) {
      assertThat(both.contains("pair-" + pair) || !half.includes("pair-" + pair)).isTrue();
    }
    tell(Models.tell(Models.rescoring(3, 0.5)));
    assertThat(walk()).as("one that asks again").hasSameSizeAs(half(half));
  }

  @Test
  void whatMayHaveAPairScoredByAnotherBeginsAWalkAnewWhereverItIs() throws Exception {
    walk();
    OperatorSubtaskState idle = head().snapshot(1, 1);
    for (PairWork news : CHANGES) {
      open(idle);
      tell(news);
      assertThat(walk()).as(what(news)).hasSize(PAIRS);
      open(idle);
      tell(Models.tell(Models.rescoring(2, 1)));
      pass();
      pass();
      assertThat(rescored()).hasSize(2 * PAGE);
      tell(news);
      assertThat(walk()).as(what(news) + ", on the way").hasSize(PAIRS);
    }
  }

  @Test
  void aFlagThatNamesAVersionBeginsAWalkWhenThatVersionGoesAndNotBefore() throws Exception {
    tell(Models.tell(Models.flag(2, 0.5, "m@3", "")));
    walk();
    tell(Models.tell(Models.announce("m", 4, 4)));
    assertThat(walk()).as("m@3 is still there").isEmpty();
    tell(Models.tell(Models.announce("m", 5, 5)));
    assertThat(walk()).as("m@3 is not").hasSize(PAIRS);
  }

  @Test
  void aJobOfAnotherNumberOfSubtasksKnowsWhoScores() throws Exception {
    walk();
    List<OperatorSubtaskState> idle = List.of(head().snapshot(1, 1));
    for (Subtask subtask : Subtask.all(2)) {
      OperatorSubtaskState share = Rescale.share(idle, subtask);
      head = harnesses.head(AspectPolicy::classic, PER_SECOND, now, subtask, share);
      for (PairWork news : NO_CHANGES) {
        tell(news);
        assertThat(walk()).isEmpty();
      }
      tell(Models.remove("m"));
      assertThat(walk()).isNotEmpty();
    }
  }

  @Test
  void aPauseOfTheExperimentThatRunsBeginsAWalk() throws Exception {
    tell(Models.tell(Models.experiment(1, "m")));
    walk();
    tell(Models.tell(pause()));
    assertThat(walk()).hasSize(PAIRS);
    tell(Models.remove(pause().name()));
    assertThat(walk()).hasSize(PAIRS);
  }

  @Test
  void aStopOfTheRescoringLeavesAWalkOfPoliciesWhereItIs() throws Exception {
    open(null, Tight.SOURCE);
    for (int pair = 0; pair < PAIRS; pair++) {
      head().processElement1(side(pair, Side.A), 0);
      head().processElement1(side(pair, Side.B), 0);
    }
    tell(Models.tell(Models.rescoring(1, 0.5)));
    tell(Models.tell(Models.policy(1, 0.5, "tight")));
    works();
    pass();
    List<PairWork> works = works();
    tell(Models.tell(Models.rescoring(2, 0)));
    for (int page = 0; page < PAIRS; page++) {
      pass();
    }
    List<PairWork> rest = works();
    assertThat(rest).filteredOn(work -> work.kind() == PairWork.Kind.RESCORE).isEmpty();
    works.addAll(rest);
    assertThat(works)
        .filteredOn(work -> work.kind() != PairWork.Kind.TELL)
        .extracting(PairWork::pairId)
        .doesNotHaveDuplicates()
        .hasSize(PAIRS);
  }

  @Test
  void aJobThatDidNotHearAllBeginsAWalkWithWhateverIsSaidEvenAfterAnotherRestore()
      throws Exception {
    open(before());
    for (int restore = 0; restore < 2; restore++) {
      for (PairWork news : List.of(NO_CHANGES.get(0), NO_CHANGES.get(3), NO_CHANGES.get(5))) {
        tell(news);
        assertThat(walk()).hasSize(PAIRS);
      }
      tell(Models.tell(Models.gpu(1, 0.5)));
      assertThat(walk()).isEmpty();
      open(head().snapshot(restore, restore));
    }
  }

  /** The state of a job in which every pair is there and a flag has all of them scored again. */
  private static OperatorSubtaskState before() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new HotKeyedOperator<>(new HeadOfBefore(Models.rescoring(1, 1))),
            SideUpdate::pairId,
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            1,
            0)) {
      harness.open();
      for (int pair = 0; pair < PAIRS; pair++) {
        harness.processElement(side(pair, Side.A), 0);
        harness.processElement(side(pair, Side.B), 0);
      }
      return harness.snapshot(1, 1);
    }
  }

  private static List<String> half(Rollout share) {
    List<String> in = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      if (share.includes("pair-" + pair)) {
        in.add("pair-" + pair);
      }
    }
    return in;
  }

  private void tell(PairWork told) throws Exception {
    head().processElement2(told, 0);
  }

  private void pass() throws Exception {
    now += PAUSE;
    head().setProcessingTime(now);
  }

  /** All of a walk. */
  private List<String> walk() throws Exception {
    rescored();
    List<String> seen = new ArrayList<>();
    for (int page = 0; page <= PAIRS / PAGE; page++) {
      pass();
      seen.addAll(rescored());
    }
    pass();
    assertThat(rescored()).isEmpty();
    assertThat(seen).doesNotHaveDuplicates();
    return seen;
  }

  private List<String> rescored() {
    return works().stream()
        .filter(work -> work.kind() == PairWork.Kind.RESCORE)
        .map(PairWork::pairId)
        .toList();
  }

  private List<PairWork> works() {
    return new ArrayList<>(Harnesses.drain(head()));
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, SideUpdate, PairWork, PairWork> head() {
    return Objects.requireNonNull(head);
  }

  private void open(@Nullable OperatorSubtaskState restored) throws Exception {
    open(restored, AspectPolicy::classic);
  }

  private void open(@Nullable OperatorSubtaskState restored, PolicySource policy) throws Exception {
    head = harnesses.head(policy, PER_SECOND, now, Subtask.of(0, 1), restored);
  }

  private static String what(PairWork news) {
    byte[] content = Objects.requireNonNull(news.told()).content();
    return content == null ? news.toString() : ControlBytes.read(content).toString();
  }

  private static Control.Pause pause() {
    return new Control.Pause(1, "trial", 1, Map.of("model", "it harms"));
  }

  private static Control.Flag gpuNamed(String name) {
    return new Control.Flag(name, 9, Models.gpu(1, 0.5).rollout(), "", "");
  }

  private static SideUpdate side(int pair, Side side) {
    return SideUpdate.truth(
        "pair-" + pair,
        side,
        1,
        side.name(),
        new PublishedChart(1, 7, Given.INGESTED_AT, Given.at(0, 90)),
        Given.INGESTED_AT,
        Given.INGESTED_AT);
  }
}
