package io.cosmichub.streaming.history;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.aspect.PairResult;
import io.cosmichub.streaming.fanout.FanOutConfig;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.ingest.WatchInput;
import io.cosmichub.streaming.watch.KeyedMembership;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * All keyed steps with a queue between any two keys, as if each key had a task of its own: what one
 * key sends another arrives in order, everything else in any order that the random source likes.
 */
final class Chain {

  static final long ERASURE_MEMORY = 1_000_000;

  private static final FanOutConfig CONFIG = new FanOutConfig(0, 2, 1, ERASURE_MEMORY);
  private static final ReferenceKernel KERNEL = new ReferenceKernel(AspectPolicy.classic());

  private final Random random;
  private final Supplier<StateBackend> backend;
  private final long hotBytes;
  private final Harnesses harnesses = new Harnesses();
  private final Map<String, Queue<KeyedMembership>> toCharts = new TreeMap<>();
  private final Map<String, Queue<SideUpdate>> toPairs = new TreeMap<>();
  private final List<PairUpdate> updates = new ArrayList<>();
  private int conflicts;
  private KeyedOneInputStreamOperatorTestHarness<String, WatchInput, KeyedMembership> watches;
  private KeyedTwoInputStreamOperatorTestHarness<String, ChartInput, KeyedMembership, SideUpdate>
      fanOut;
  private KeyedOneInputStreamOperatorTestHarness<String, SideUpdate, PairWork> pairs;
  private KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects;
  private long now = 1;

  /** Keeps {@code hotBytes} bytes of the pairs' state on the heap of each step. */
  Chain(Random random, Supplier<StateBackend> backend, long hotBytes) throws Exception {
    this.random = random;
    this.backend = backend;
    this.hotBytes = hotBytes;
    watches = harnesses.watches(subtask(), null);
    fanOut = harnesses.fanOut(CONFIG, subtask(), null);
    pairs = harnesses.pairs(hotBytes, subtask(), null);
    aspects = harnesses.aspects(hotBytes, subtask(), null);
    fanOut.setProcessingTime(now);
  }

  void put(WatchInput watch) throws Exception {
    watches.processElement(watch, 0);
    conflicts += takeDeadLetters(watches);
    for (KeyedMembership sent : Harnesses.drain(watches)) {
      String way = sent.change().pairId() + ">" + sent.chartKey();
      toCharts.computeIfAbsent(way, key -> new ArrayDeque<>()).add(sent);
    }
  }

  void put(ChartInput chart) throws Exception {
    fanOut.processElement1(chart, 0);
    conflicts += takeDeadLetters(fanOut);
    collectSides();
  }

  /** Delivers one waiting record, or lets a millisecond pass. False if nothing was waiting. */
  boolean deliverOne() throws Exception {
    int waiting = toCharts.size() + toPairs.size();
    int timers = fanOut.numEventTimeTimers();
    if (waiting == 0 && timers == 0) {
      return false;
    }
    int choice = random.nextInt(waiting + Math.min(1, timers));
    if (choice < toCharts.size()) {
      fanOut.processElement2(take(toCharts, choice), 0);
      collectSides();
    } else if (choice < waiting) {
      pairs.processElement(take(toPairs, choice - toCharts.size()), 0);
      compute();
    } else {
      passTime(1);
    }
    return true;
  }

  void passTime(long millis) throws Exception {
    now += millis;
    fanOut.setProcessingTime(now);
    collectSides();
  }

  /** Stops one of the steps and goes on from its snapshot. */
  void restartOne() throws Exception {
    switch (random.nextInt(4)) {
      case 0 -> watches = harnesses.watches(subtask(), watches.snapshot(now, now));
      case 1 -> {
        fanOut = harnesses.fanOut(CONFIG, subtask(), fanOut.snapshot(now, now));
        fanOut.setProcessingTime(now);
        collectSides();
      }
      case 2 -> pairs = harnesses.pairs(hotBytes, subtask(), pairs.snapshot(now, now));
      default -> aspects = harnesses.aspects(hotBytes, subtask(), aspects.snapshot(now, now));
    }
  }

  /** How many inputs were dead-lettered. */
  int conflicts() {
    return conflicts;
  }

  List<PairUpdate> updates() {
    return updates;
  }

  /** The state of every step, in entries and timers; for a heap only. */
  List<Integer> leftOver() throws Exception {
    // What is hot reaches the state backend when a checkpoint is taken.
    pairs.snapshot(now, now);
    aspects.snapshot(now, now);
    return List.of(
        watches.numKeyedStateEntries(),
        fanOut.numKeyedStateEntries(),
        pairs.numKeyedStateEntries(),
        aspects.numKeyedStateEntries(),
        timers());
  }

  int timers() {
    return fanOut.numProcessingTimeTimers() + fanOut.numEventTimeTimers();
  }

  void close() throws Exception {
    harnesses.close();
  }

  private Subtask subtask() {
    return Subtask.in(backend.get());
  }

  private void collectSides() {
    for (SideUpdate sent : Harnesses.drain(fanOut)) {
      String way = sent.chartId() + ">" + sent.pairId();
      toPairs.computeIfAbsent(way, key -> new ArrayDeque<>()).add(sent);
    }
  }

  private void compute() throws Exception {
    for (PairWork work : Harnesses.drain(pairs)) {
      aspects.processElement(
          new PairResult(work, KERNEL.aspects(work.a(), work.b(), work.movedA(), work.movedB())),
          0);
    }
    updates.addAll(Harnesses.drain(aspects));
  }

  private static int takeDeadLetters(AbstractStreamOperatorTestHarness<?> harness) {
    var letters = harness.getSideOutput(DeadLetters.TAG);
    if (letters == null) {
      return 0;
    }
    int count = letters.size();
    letters.clear();
    return count;
  }

  private static <T> T take(Map<String, Queue<T>> ways, int choice) {
    String way = List.copyOf(ways.keySet()).get(choice);
    Queue<T> queue = Objects.requireNonNull(ways.get(way));
    T taken = queue.remove();
    if (queue.isEmpty()) {
      ways.remove(way);
    }
    return taken;
  }
}
