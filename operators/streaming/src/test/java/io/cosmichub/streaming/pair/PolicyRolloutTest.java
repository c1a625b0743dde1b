package io.cosmichub.streaming.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.PublishedChart;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.given.Tight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Under which policy the head of the pairs' chain has the work of each pair done. */
final class PolicyRolloutTest {

  private static final int PAIRS = 200;
  private static final int PER_SECOND = 500;
  private static final int PAGE = 10;
  private static final long PAUSE = 20;

  private final Harnesses harnesses = new Harnesses();
  private @Nullable KeyedTwoInputStreamOperatorTestHarness<String, SideUpdate, PairWork, PairWork>
      head;
  private long now;
  private long degree;

  @BeforeEach
  void open() throws Exception {
    open(Tight.SOURCE, null);
    for (int pair = 0; pair < PAIRS; pair++) {
      head().processElement1(side(pair, Side.A, 7), 0);
      head().processElement1(side(pair, Side.B, 7), 0);
    }
    works();
  }

  @AfterEach
  void close() throws Exception {
    harnesses.close();
  }

  @Test
  void withoutAFlagAllAreUnderThePolicyOfTheJob() throws Exception {
    assertThat(move()).isEmpty();
  }

  @Test
  void whoIsInAtAShareIsInAtEveryLargerOneAndAFlagThatShrinksOrGoesGivesThemBack()
      throws Exception {
    List<Set<String>> in = new ArrayList<>();
    for (double share : new double[] {0.05, 0.2, 0.7, 1, 0.2, 0}) {
      tell(Models.tell(Models.policy(in.size() + 1, share, "tight")));
      Set<String> moved = move();
      assertThat(moved.size()).isBetween((int) (PAIRS * share) - 25, (int) (PAIRS * share) + 25);
      assertThat(walk()).as("those in which nothing moves").isEqualTo(moved);
      in.add(moved);
    }
    assertThat(in.get(0)).isNotEmpty();
    for (int larger = 1; larger < 4; larger++) {
      assertThat(in.get(larger)).containsAll(in.get(larger - 1));
    }
    assertThat(in.get(3)).hasSize(PAIRS);
    assertThat(in.get(4)).isEqualTo(in.get(1));
    assertThat(in.get(5)).isEmpty();

    tell(Models.tell(Models.policy(7, 0.7, "tight")));
    walk();
    tell(Models.remove("policy"));
    assertThat(walk()).isEmpty();
    assertThat(move()).isEmpty();
  }

  @Test
  void aFlagThatChangesNobodysPolicyBeginsNoWalk() throws Exception {
    tell(Models.tell(Models.policy(1, 0, "tight")));
    tell(Models.tell(Models.policy(2, 1, "classic")));
    tell(Models.tell(Models.announce("m", 1, 1)));
    tell(Models.remove("policy"));
    pass();
    assertThat(works()).isEmpty();
    tell(Models.tell(Models.policy(1, 0.3, "tight")));
    walk();
    tell(Models.tell(Models.policy(2, 0.3, "tight")));
    tell(Models.tell(Models.gpu(1, 0.5)));
    pass();
    assertThat(works()).isEmpty();
  }

  @Test
  void aWalkOfPoliciesScoresNobodyAgainThatIsNotToBe() throws Exception {
    tell(Models.tell(Models.policy(1, 0.5, "tight")));
    pass();
    assertThat(works()).hasSize(PAGE).allMatch(work -> work.kind() == PairWork.Kind.TURN);
    tell(Models.tell(Models.announce("m", 1, 1)));
    pass();
    assertThat(works()).as("it goes on where it was").hasSize(PAGE);
    tell(Models.tell(Models.flag(1, 1, "m", "")));
    tell(Models.tell(Models.rescoring(1, 0.4)));
    Set<String> rescored = new HashSet<>();
    List<PairWork> all = wholeWalk();
    for (PairWork work : all) {
      if (work.kind() == PairWork.Kind.RESCORE) {
        rescored.add(work.pairId());
      }
      assertThat(work.kind() == PairWork.Kind.RESCORE)
          .isEqualTo(Models.rescoring(1, 0.4).rollout().includes(work.pairId()));
    }
    assertThat(all).hasSize(PAIRS);
    assertThat(rescored).isNotEmpty();
    tell(Models.tell(Models.announce("m", 2, 2)));
    assertThat(wholeWalk()).extracting(PairWork::pairId).hasSameElementsAs(rescored);
  }

  @Test
  void aRestoreGoesOnWithTheFlagAndWithAWalkThatWasCutOff() throws Exception {
    tell(Models.tell(Models.policy(1, 0.3, "tight")));
    pass();
    OperatorSubtaskState cutOff = head().snapshot(1, 1);
    open(Tight.SOURCE, cutOff);
    Set<String> walked = walk();
    assertThat(walked).isNotEmpty();
    OperatorSubtaskState finished = head().snapshot(2, 2);
    open(Tight.SOURCE, finished);
    pass();
    assertThat(works()).isEmpty();
    assertThat(move()).isEqualTo(walked);
  }

  @Test
  void aJobWithoutTheCandidateOrWithAnotherOneDoesNotStartWhilePairsAreUnderIt() throws Exception {
    OperatorSubtaskState before = head().snapshot(1, 1);
    open(AspectPolicy::classic, before);
    open(Tight.SOURCE, before);
    tell(Models.tell(Models.policy(1, 0.3, "tight")));
    walk();
    OperatorSubtaskState under = head().snapshot(2, 2);
    assertThatThrownBy(() -> open(AspectPolicy::classic, under))
        .hasStackTraceContaining("pairs are under the aspect policy 'tight")
        .hasStackTraceContaining("remove its flag first");
    assertThatThrownBy(() -> open(new Tight(9_000_000), under))
        .hasStackTraceContaining("as it was");

    open(Tight.SOURCE, under);
    tell(Models.remove("policy"));
    OperatorSubtaskState turning = head().snapshot(3, 3);
    assertThatThrownBy(() -> open(AspectPolicy::classic, turning))
        .as("some are under it yet")
        .hasStackTraceContaining("tight");
    open(Tight.SOURCE, turning);
    assertThat(walk()).isEmpty();
    open(AspectPolicy::classic, head().snapshot(4, 4));
    assertThat(move()).isEmpty();
  }

  private void tell(PairWork told) throws Exception {
    head().processElement2(told, 0);
    assertThat(works()).containsExactly(told);
  }

  private void pass() throws Exception {
    now += PAUSE;
    head().setProcessingTime(now);
  }

  /** Moves a body in every pair; the pairs whose work is under the candidate. */
  private Set<String> move() throws Exception {
    degree++;
    for (int pair = 0; pair < PAIRS; pair++) {
      head().processElement1(side(pair, Side.A, 7 + degree), 0);
    }
    List<PairWork> works =
        works().stream().filter(work -> work.kind() == PairWork.Kind.COMPUTE).toList();
    assertThat(works).hasSize(PAIRS);
    return under(works);
  }

  /** All of a walk; the pairs whose work is under the candidate. */
  private Set<String> walk() throws Exception {
    List<PairWork> works = wholeWalk();
    assertThat(works).hasSize(PAIRS).allMatch(work -> work.kind() == PairWork.Kind.TURN);
    return under(works);
  }

  private List<PairWork> wholeWalk() throws Exception {
    List<PairWork> works = new ArrayList<>();
    for (int page = 0; page <= PAIRS / PAGE; page++) {
      pass();
      List<PairWork> some = works();
      assertThat(some).hasSizeLessThanOrEqualTo(PAGE);
      works.addAll(some);
    }
    assertThat(works).extracting(PairWork::pairId).doesNotHaveDuplicates();
    return works;
  }

  private static Set<String> under(List<PairWork> works) {
    Set<String> under = new TreeSet<>();
    for (PairWork work : works) {
      if (!work.policy().isEmpty()) {
        assertThat(work.policy()).isEqualTo("tight");
        under.add(work.pairId());
      }
    }
    return under;
  }

  private List<PairWork> works() {
    return Harnesses.drain(head());
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, SideUpdate, PairWork, PairWork> head() {
    return Objects.requireNonNull(head);
  }

  private void open(PolicySource policy, @Nullable OperatorSubtaskState restored) throws Exception {
    head = harnesses.head(policy, PER_SECOND, now, Subtask.of(0, 1), restored);
  }

  private static SideUpdate side(int pair, Side side, long revision) {
    return SideUpdate.truth(
        "pair-" + pair,
        side,
        1,
        side.name(),
        new PublishedChart(1, revision, Given.INGESTED_AT, Given.at((int) revision, 90)),
        Given.INGESTED_AT,
        Given.INGESTED_AT);
  }
}
