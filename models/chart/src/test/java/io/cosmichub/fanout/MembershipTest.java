package io.cosmichub.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MembershipTest {

  /** A chart with a truth, and what each member was told of it last. */
  private static final class Chart implements MemberListener {
    final Membership membership;
    final HashMapMemberStore store = new HashMapMemberStore(true);
    final Map<String, Integer> told = new HashMap<>();
    final List<Member> left = new ArrayList<>();
    FanOutCursor cursor = FanOutCursor.EMPTY;
    int truth;

    Chart(int pageSize) {
      membership = new Membership(pageSize);
    }

    @Override
    public void tell(Member member) {
      told.put(member.pairId(), truth);
    }

    @Override
    public void left(Member member) {
      left.add(member);
    }

    void join(String pair, long epoch) {
      cursor = membership.join(store, cursor, new Member(pair, 0, epoch), this);
    }

    void leave(String pair, long epoch) {
      cursor = membership.leave(store, cursor, pair, epoch, this);
    }

    void publish() {
      truth++;
      cursor = membership.startRound(cursor);
    }

    void visit() {
      cursor = membership.visitNextPage(store, cursor, this);
    }
  }

  @Test
  void afterARoundEveryMemberKnowsTheLatestTruthWhateverHappensMeanwhile() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      int pageSize = 1 + random.nextInt(4);
      Chart chart = new Chart(pageSize);
      Map<String, Long> naive = new HashMap<>();
      int members = 1 + random.nextInt(20);
      for (int i = 0; i < 150; i++) {
        String pair = "p" + random.nextInt(members);
        int reads = chart.store.reads();
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> {
            chart.join(pair, i);
            naive.put(pair, (long) i);
            assertThat(chart.told).containsEntry(pair, chart.truth);
          }
          case 3, 4 -> {
            chart.leave(pair, i);
            naive.remove(pair);
          }
          case 5 -> {
            long old = naive.getOrDefault(pair, 0L) - 1;
            chart.leave(pair, old);
            chart.join("p0", -1);
            naive.putIfAbsent("p0", -1L);
          }
          case 6 -> chart.publish();
          default -> {
            boolean inRound = chart.cursor.inRound();
            chart.visit();
            if (inRound && !chart.cursor.inRound()) {
              checkTold(chart, naive);
            }
          }
        }
        assertThat(chart.store.reads() - reads).as("pages read").isLessThanOrEqualTo(4);
        checkPages(chart, naive, pageSize);
      }
      while (chart.cursor.inRound()) {
        chart.visit();
      }
      checkTold(chart, naive);

      for (String pair : List.copyOf(naive.keySet())) {
        chart.leave(pair, Long.MAX_VALUE);
      }
      assertThat(chart.store.isEmpty()).isTrue();
      assertThat(chart.cursor).isEqualTo(FanOutCursor.EMPTY);
    }
  }

  private static void checkTold(Chart chart, Map<String, Long> naive) {
    for (String pair : naive.keySet()) {
      assertThat(chart.told).containsEntry(pair, chart.truth);
    }
  }

  private static void checkPages(Chart chart, Map<String, Long> naive, int pageSize) {
    Map<Integer, Integer> sizes = chart.store.sizes();
    int pages = (naive.size() + pageSize - 1) / pageSize;
    assertThat(chart.cursor.pageCount()).isEqualTo(pages);
    assertThat(sizes).hasSize(pages);
    for (int page = 0; page < pages; page++) {
      int expected = page < pages - 1 ? pageSize : naive.size() - (pages - 1) * pageSize;
      assertThat(sizes).containsEntry(page, expected);
    }
    assertThat(chart.store.index().keySet()).isEqualTo(naive.keySet());
  }

  @Test
  void aRoundVisitsEachPageOnceAndThenStops() {
    Chart chart = new Chart(2);
    for (int i = 0; i < 5; i++) {
      chart.join("p" + i, 1);
    }
    chart.publish();
    chart.visit();
    assertThat(chart.told.values().stream().filter(truth -> truth == 1)).hasSize(2);
    chart.visit();
    assertThat(chart.cursor.inRound()).isTrue();
    chart.visit();
    assertThat(chart.cursor.inRound()).isFalse();
    assertThat(chart.told.values()).containsOnly(1);
    chart.truth++;
    chart.visit();
    assertThat(chart.told.values()).containsOnly(1);
  }

  @Test
  void aMemberThatTakesAVisitedPlaceInMidRoundIsToldAtOnce() {
    Chart chart = new Chart(1);
    chart.join("a", 1);
    chart.join("b", 1);
    chart.join("c", 1);
    chart.publish();
    chart.visit();
    chart.leave("a", 1);
    assertThat(chart.told).containsEntry("c", 1).containsEntry("b", 0);
    chart.visit();
    assertThat(chart.told).containsEntry("b", 1);
    assertThat(chart.cursor.inRound()).isFalse();
  }

  @Test
  void whoIsNotThereOrCameLaterDoesNotLeave() {
    Chart chart = new Chart(2);
    chart.leave("a", 5);
    chart.join("a", 7);
    chart.leave("a", 6);
    assertThat(chart.left).isEmpty();
    chart.leave("a", 7);
    assertThat(chart.left).containsExactly(new Member("a", 0, 7));
  }

  @Test
  void aLaterJoinTakesThePlaceOfAnEarlierOneAndAnEarlierDoesNot() {
    Chart chart = new Chart(2);
    chart.join("a", 7);
    chart.truth++;
    chart.join("a", 6);
    assertThat(chart.told).containsEntry("a", 0);
    chart.join("a", 8);
    assertThat(chart.told).containsEntry("a", 1);
    assertThat(chart.store.page(0)).isEqualTo(new MemberPage(List.of(new Member("a", 0, 8))));
  }

  @Test
  void leavingReadsTwoPagesHoweverManyThereAre() {
    Chart chart = new Chart(4);
    for (int i = 0; i < 1_000; i++) {
      chart.join("p" + i, 1);
    }
    int reads = chart.store.reads();
    chart.leave("p17", 1);
    assertThat(chart.store.reads() - reads).isEqualTo(2);
    reads = chart.store.reads();
    chart.join("q", 1);
    assertThat(chart.store.reads() - reads).isEqualTo(1);
  }

  @Test
  void impossiblePagesAndCursorsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Membership(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new FanOutCursor(2, 2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new FanOutCursor(2, 0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new FanOutCursor(0, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new FanOutCursor(-1, 0, 0));
  }
}
