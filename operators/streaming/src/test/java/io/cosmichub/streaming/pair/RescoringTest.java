package io.cosmichub.streaming.pair;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.PublishedChart;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.hot.HotToldOperator;
import io.cosmichub.streaming.record.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is scored again, and how fast, when what is served changes; on either state backend. */
final class RescoringTest {

  private static final int PAIRS = 100;
  private static final int PER_SECOND = 500;
  private static final int PAGE = 10;
  private static final long PAUSE = 20;

  private @Nullable KeyedTwoInputStreamOperatorTestHarness<String, SideUpdate, PairWork, PairWork>
      head;

  private long now;

  @AfterEach
  void close() throws Exception {
    if (head != null) {
      head.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allPairsComeAPageAtATimeAndThatOfOneSideNever(boolean rocksdb) throws Exception {
    head = open(rocksdb, null);
    pairs();
    head().processElement1(side("alone", Side.A), 0);
    tell(Models.tell(Models.rescoring(1, 1)));
    assertThat(rescored()).isEmpty();
    TreeSet<String> seen = new TreeSet<>();
    for (int page = 0; page * PAGE < PAIRS + 1; page++) {
      pass();
      List<String> now = rescored();
      assertThat(now).hasSizeLessThanOrEqualTo(PAGE);
      seen.addAll(now);
    }
    assertThat(seen).hasSize(PAIRS).doesNotContain("alone");
    pass();
    assertThat(rescored()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatComesInBetweenTwoPagesPasses(boolean rocksdb) throws Exception {
    head = open(rocksdb, null);
    pairs();
    tell(Models.tell(Models.rescoring(1, 1)));
    List<String> seen = new ArrayList<>();
    for (int page = 0; page < PAIRS; page++) {
      pass();
      head().processElement1(side("new-" + page, Side.A), 0);
      head().processElement1(closed("pair-" + page), 0);
      seen.addAll(rescored());
    }
    assertThat(seen).doesNotHaveDuplicates().noneMatch(pair -> pair.startsWith("new"));
    // The first page came before anybody left.
    assertThat(seen.size()).isBetween(PAGE, PAIRS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aModelIsTakenUpByTheShareOfAFlagAndWithoutOneByNobody(boolean rocksdb) throws Exception {
    head = open(rocksdb, null);
    pairs();
    tell(Models.tell(Models.announce("m", 1, 1)));
    tell(Models.tell(Models.flag(1, 1, "m", "")));
    assertThat(walk()).isEmpty();
    tell(Models.tell(Models.rescoring(1, 0.3)));
    List<String> some = walk();
    assertThat(some.size()).isBetween(10, 60);
    tell(Models.tell(Models.rescoring(2, 0.6)));
    List<String> more = walk();
    assertThat(more).containsAll(some);
    tell(Models.tell(Models.announce("m", 2, 2)));
    assertThat(walk()).containsExactlyInAnyOrderElementsOf(more);
    tell(Models.remove("again"));
    tell(Models.tell(Models.announce("m", 3, 3)));
    assertThat(walk()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aShareOfAModelThatIsLoweredHasAllPairsLookedAtAgain(boolean rocksdb) throws Exception {
    head = open(rocksdb, null);
    pairs();
    tell(Models.tell(Models.announce("m", 1, 1)));
    tell(Models.tell(Models.flag(1, 1, "m", "")));
    tell(Models.tell(Models.rescoring(1, 1)));
    assertThat(walk()).hasSize(PAIRS);
    tell(Models.tell(Models.flag(2, 0.2, "m", "")));
    assertThat(walk()).hasSize(PAIRS);
    tell(Models.remove("who"));
    assertThat(walk()).hasSize(PAIRS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFlagOfDevicesScoresNobodyAgainAndLeavesAWalkAlone(boolean rocksdb) throws Exception {
    head = open(rocksdb, null);
    pairs();
    tell(Models.tell(Models.rescoring(1, 1)));
    pass();
    List<String> first = rescored();
    tell(Models.tell(Models.gpu(1, 0.5)));
    assertThat(first).hasSize(PAGE);
    assertThat(walk()).hasSize(PAIRS - PAGE).doesNotContainAnyElementsOf(first);
    tell(Models.tell(Models.gpu(2, 1)));
    assertThat(walk()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFlagThatIsTakenBackStopsTheWalk(boolean rocksdb) throws Exception {
    head = open(rocksdb, null);
    pairs();
    tell(Models.tell(Models.rescoring(1, 1)));
    pass();
    assertThat(rescored()).hasSize(PAGE);
    tell(Models.tell(Models.rescoring(2, 0)));
    assertThat(walk()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aWalkThatWasCutOffBeginsAgainAfterARestoreAndAFinishedOneDoesNot(boolean rocksdb)
      throws Exception {
    head = open(rocksdb, null);
    pairs();
    tell(Models.tell(Models.flag(1, 1, "m", "")));
    tell(Models.tell(Models.rescoring(1, 1)));
    pass();
    OperatorSubtaskState cutOff = head().snapshot(1, 1);
    head().close();
    head = open(rocksdb, cutOff);
    assertThat(walk()).hasSize(PAIRS);
    OperatorSubtaskState finished = head().snapshot(2, 2);
    head().close();
    head = open(rocksdb, finished);
    assertThat(walk()).isEmpty();
    tell(Models.tell(Models.announce("m", 1, 1)));
    assertThat(walk()).as("the flags are known").hasSize(PAIRS);
  }

  private void pairs() throws Exception {
    for (int pair = 0; pair < PAIRS; pair++) {
      head().processElement1(side("pair-" + pair, Side.A), 0);
      head().processElement1(side("pair-" + pair, Side.B), 0);
    }
    head().getOutput().clear();
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
    List<String> seen = new ArrayList<>(rescored());
    for (int page = 0; page < PAIRS; page++) {
      pass();
    }
    seen.addAll(rescored());
    assertThat(seen).doesNotHaveDuplicates();
    return seen;
  }

  private List<String> rescored() {
    List<String> pairs = new ArrayList<>();
    for (PairWork work : head().extractOutputValues()) {
      if (work.kind() == PairWork.Kind.RESCORE) {
        assertThat(work.a()).isEqualTo(Given.at(0, 90));
        pairs.add(work.pairId());
      }
    }
    head().getOutput().clear();
    return pairs;
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, SideUpdate, PairWork, PairWork> head() {
    return Objects.requireNonNull(head);
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, SideUpdate, PairWork, PairWork> open(
      boolean rocksdb, @Nullable OperatorSubtaskState restored) throws Exception {
    var opened =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            HotToldOperator.of(new PairChartsFunction(AspectPolicy::classic, 1 << 20, PER_SECOND)),
            SideUpdate::pairId,
            work -> Objects.requireNonNull(work.told()).name(),
            Types.STRING);
    StateBackend backend = rocksdb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    opened.setStateBackend(backend);
    opened.setup(RecordTypes.PAIR_WORK.createSerializer(new SerializerConfigImpl()));
    opened.setProcessingTime(now);
    if (restored == null) {
      opened.initializeEmptyState();
    } else {
      opened.initializeState(restored);
    }
    opened.open();
    return opened;
  }

  private static SideUpdate side(String pairId, Side side) {
    return SideUpdate.truth(
        pairId,
        side,
        1,
        side.name(),
        new PublishedChart(1, 7, Given.INGESTED_AT, Given.at(0, 90)),
        Given.INGESTED_AT,
        Given.INGESTED_AT);
  }

  private static SideUpdate closed(String pairId) {
    return SideUpdate.closed(pairId, Side.A, 1, "A", Given.INGESTED_AT, Given.INGESTED_AT);
  }
}
