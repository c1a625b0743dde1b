package io.cosmichub.history;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartReducer;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.ErasedMark;
import io.cosmichub.chart.Outcome;
import io.cosmichub.chart.PublishedChart;
import io.cosmichub.fanout.FanOutCursor;
import io.cosmichub.fanout.HashMapMemberStore;
import io.cosmichub.fanout.Member;
import io.cosmichub.fanout.MemberListener;
import io.cosmichub.fanout.Membership;
import io.cosmichub.naive.NaiveMatch;
import io.cosmichub.pair.AspectsReducer;
import io.cosmichub.pair.MembershipChange;
import io.cosmichub.pair.PairAspectsRecord;
import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.PairReducer;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.pair.WatchEntry;
import io.cosmichub.pair.WatchReducer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the pipeline with a first-in-first-out channel between any two keys that talk, run
 * in an order that the seed decides: whatever may interleave, does.
 */
final class SimulatedPipeline {
  private final History history;
  private final Random random;
  private final ChartReducer chartReducer;
  private final Membership membership;
  private final WatchReducer watchReducer = new WatchReducer();
  private final PairReducer pairReducer;
  private final AspectsReducer aspectsReducer;
  private final Map<String, Channel<?>> channels = new TreeMap<>();
  private final List<Channel<?>> order = new ArrayList<>();
  private final Map<String, WatchEntry> watches = new TreeMap<>();
  private final Map<String, Chart> charts = new TreeMap<>();
  private final Map<String, PairRecord> pairs = new TreeMap<>();
  private final Map<String, PairAspectsRecord> aspects = new TreeMap<>();
  private final Map<String, PairView> views = new TreeMap<>();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private long epochs;

  SimulatedPipeline(History history) {
    this.history = history;
    random = new Random(~history.seed());
    chartReducer = new ChartReducer(history.epsilon());
    membership = new Membership(history.pageSize());
    pairReducer = new PairReducer(history.policy().bodyMask());
    aspectsReducer =
        new AspectsReducer(
            history.policy(),
            (a, b, movedA, movedB) -> NaiveMatch.touched(a, b, movedA, movedB, history.policy()));
  }

  void run() {
    for (Input input : history.inputs()) {
      if (input instanceof Input.Update update) {
        send("charts>" + update.update().chartId(), input, this::onChart);
      } else if (input instanceof Input.Erase erase) {
        send("charts>" + erase.chartId(), input, this::onChart);
      } else if (input instanceof Input.Forget forget) {
        send("charts>" + forget.chartId(), input, this::onChart);
      } else if (input instanceof Input.Watch watch) {
        send("watches>" + watch.pairId(), watch, this::onWatch);
      }
    }
    while (step()) {
      // Every step takes one message from one channel.
    }
  }

  Map<Outcome, Integer> outcomes() {
    return outcomes;
  }

  Map<String, ChartRecord> charts() {
    Map<String, ChartRecord> known = new TreeMap<>();
    charts.forEach(
        (id, chart) -> {
          if (chart.record != null) {
            known.put(id, chart.record);
          }
        });
    return known;
  }

  Map<String, PairAspectsRecord> aspects() {
    return aspects;
  }

  Map<String, PairView> views() {
    return views;
  }

  /** What is kept beside the marks of erased charts; empty if nothing is. */
  List<String> leftOver() {
    List<String> left = new ArrayList<>();
    watches.keySet().forEach(pair -> left.add("watch " + pair));
    pairs.keySet().forEach(pair -> left.add("sides of " + pair));
    aspects.keySet().forEach(pair -> left.add("aspects of " + pair));
    charts.forEach(
        (id, chart) -> {
          if (chart.record != null) {
            left.add("chart " + id);
          }
          if (!chart.store.isEmpty() || !chart.cursor.isEmpty() || chart.cursor.inRound()) {
            left.add("members of " + id);
          }
        });
    return left;
  }

  // Channels.

  /** A queue between two keys; how often it is chosen is its luck. */
  private static final class Channel<T> {
    final Queue<T> queue = new ArrayDeque<>();
    final Consumer<T> receiver;
    final double speed;

    Channel(Consumer<T> receiver, double speed) {
      this.receiver = receiver;
      this.speed = speed;
    }

    boolean deliver() {
      T message = queue.poll();
      if (message != null) {
        receiver.accept(message);
      }
      return message != null;
    }
  }

  @SuppressWarnings("unchecked") // A channel's name decides its type.
  private <T> void send(String name, T message, Consumer<T> receiver) {
    Channel<T> channel = (Channel<T>) channels.get(name);
    if (channel == null) {
      double[] speeds = {1, 0.3, 0.05};
      channel = new Channel<>(receiver, speeds[random.nextInt(speeds.length)]);
      channels.put(name, channel);
      order.add(channel);
    }
    channel.queue.add(message);
  }

  private boolean step() {
    int start = random.nextInt(order.size() + 1);
    for (int i = 0; i < order.size(); i++) {
      Channel<?> channel = order.get((start + i) % order.size());
      if (!channel.queue.isEmpty() && random.nextDouble() < channel.speed) {
        return channel.deliver();
      }
    }
    for (Channel<?> channel : order) {
      if (channel.deliver()) {
        return true;
      }
    }
    return false;
  }

  private void count(Outcome outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  // Watches.

  private void onWatch(Input.Watch input) {
    WatchEntry before = watches.get(input.pairId());
    WatchReducer.Applied applied =
        input.watch() == null
            ? watchReducer.unwatch(before, input.pairId())
            : watchReducer.watch(before, input.watch(), epochs + 1);
    count(applied.outcome());
    epochs += applied.tookEpoch() ? 1 : 0;
    if (applied.after() == null) {
      watches.remove(input.pairId());
    } else {
      watches.put(
          input.pairId(),
          history.throughBytes()
              ? WatchEntry.fromBytes(applied.after().toBytes())
              : applied.after());
    }
    for (MembershipChange change : applied.changes()) {
      send(change.pairId() + ">" + change.chartId(), change, this::onMembership);
    }
  }

  // Charts and their fan-out.

  private final class Chart implements MemberListener {
    final String id;
    final HashMapMemberStore store = new HashMapMemberStore(history.throughBytes());
    @Nullable ChartRecord record;
    @Nullable ErasedMark mark;
    FanOutCursor cursor = FanOutCursor.EMPTY;

    Chart(String id) {
      this.id = id;
    }

    @Override
    public void tell(Member member) {
      PublishedChart published = record == null ? null : record.published();
      Side side = Side.ofCode(member.side());
      emit(
          SideUpdate.truth(
              member.pairId(), side, member.epoch(), id, published, ChartUpdate.NO_TIME, 0));
    }

    @Override
    public void left(Member member) {
      Side side = Side.ofCode(member.side());
      emit(SideUpdate.closed(member.pairId(), side, member.epoch(), id, ChartUpdate.NO_TIME, 0));
    }

    void publish() {
      boolean pending = cursor.inRound();
      cursor = membership.startRound(cursor);
      if (random.nextBoolean()) {
        cursor = membership.visitNextPage(store, cursor, this);
      }
      if (cursor.inRound() && !pending) {
        send("timer of " + id, this, SimulatedPipeline.this::onTimer);
      }
    }

    private void emit(SideUpdate update) {
      send(id + ">" + update.pairId(), update, SimulatedPipeline.this::onSide);
    }
  }

  private Chart chart(String id) {
    return charts.computeIfAbsent(id, Chart::new);
  }

  private void onChart(Input input) {
    if (input instanceof Input.Update update) {
      Chart chart = chart(update.update().chartId());
      ChartReducer.Applied applied = chartReducer.apply(chart.record, chart.mark, update.update());
      count(applied.outcome());
      ChartRecord after = applied.after();
      chart.record =
          after != null && history.throughBytes() ? ChartRecord.fromBytes(after.toBytes()) : after;
      if (chart.record != null) {
        chart.mark = null;
      }
      if (applied.publish()) {
        chart.publish();
      }
    } else if (input instanceof Input.Erase erase) {
      Chart chart = chart(erase.chartId());
      ChartReducer.Erased erased = chartReducer.erase(chart.record, chart.mark, 1);
      count(erased.outcome());
      chart.record = null;
      chart.mark = ErasedMark.fromBytes(erased.mark().toBytes());
      if (erased.publish()) {
        chart.publish();
      }
    } else if (input instanceof Input.Forget forget) {
      Chart chart = chart(forget.chartId());
      // A mark is not forgotten before every member has heard of the erasure.
      while (chart.cursor.inRound()) {
        chart.cursor = membership.visitNextPage(chart.store, chart.cursor, chart);
      }
      chart.mark = null;
    }
  }

  private void onTimer(Chart chart) {
    chart.cursor = membership.visitNextPage(chart.store, chart.cursor, chart);
    if (chart.cursor.inRound()) {
      send("timer of " + chart.id, chart, this::onTimer);
    }
  }

  private void onMembership(MembershipChange change) {
    Chart chart = chart(change.chartId());
    FanOutCursor cursor =
        history.throughBytes() ? FanOutCursor.fromBytes(chart.cursor.toBytes()) : chart.cursor;
    chart.cursor =
        change.joined()
            ? membership.join(
                chart.store,
                cursor,
                new Member(change.pairId(), change.side().code(), change.epoch()),
                chart)
            : membership.leave(chart.store, cursor, change.pairId(), change.epoch(), chart);
  }

  // Pairs.

  private void onSide(SideUpdate update) {
    PairReducer.Step step = pairReducer.apply(pairs.get(update.pairId()), update);
    PairRecord after = step.after();
    if (after == null) {
      pairs.remove(update.pairId());
    } else {
      pairs.put(
          update.pairId(), history.throughBytes() ? PairRecord.fromBytes(after.toBytes()) : after);
    }
    for (PairWork work : step.work()) {
      send("work of " + update.pairId(), work, this::onWork);
    }
  }

  private void onWork(PairWork work) {
    AspectSet touched =
        work.kind() == PairWork.Kind.CLOSE
            ? AspectSet.EMPTY
            : NaiveMatch.touched(
                work.a(), work.b(), work.movedA(), work.movedB(), history.policy());
    AspectsReducer.Applied applied =
        aspectsReducer.apply(aspects.get(work.pairId()), work, touched);
    PairAspectsRecord after = applied.after();
    if (after == null) {
      aspects.remove(work.pairId());
    } else {
      aspects.put(
          work.pairId(),
          history.throughBytes() ? PairAspectsRecord.fromBytes(after.toBytes()) : after);
    }
    if (!history.everWatched(work.pairId(), work.chartA(), work.chartB())) {
      throw new AssertionError(work.pairId() + ": two charts that nobody watched together");
    }
    PairView view = views.computeIfAbsent(work.pairId(), PairView::new);
    view.seeWork(work);
    PairUpdate update = applied.update();
    if (update != null) {
      view.see(update);
    }
    if (work.kind() == PairWork.Kind.COMPUTE) {
      view.check(NaiveMatch.all(work.a(), work.b(), history.policy()));
    }
  }
}
