package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The steps of the population as operators under test, each with its event time. */
final class Steps implements AutoCloseable {

  static final String COHORT = "everyone";
  static final String ARM = "rules";

  private final PopulationConfig config;
  private final IntFunction<Subtask> only;
  private List<Sender<PairUpdate>> pairs = new ArrayList<>();
  private List<Sender<ChartChange>> charts = new ArrayList<>();
  private KeyedOneInputStreamOperatorTestHarness<String, PopulationPart, PublishedFigure> windows;
  private final List<PublishedFigure> published = new ArrayList<>();
  private final List<LateChange> late = new ArrayList<>();
  private long now = Long.MIN_VALUE;
  private BiConsumer<Sender<?>, String> onLate = (sender, cohort) -> {};

  /** A step that sends parts, and its event time. */
  static final class Sender<I> {
    final OneInputStreamOperatorTestHarness<I, PopulationPart> harness;
    long now;

    Sender(OneInputStreamOperatorTestHarness<I, PopulationPart> harness, long now) {
      this.harness = harness;
      this.now = now;
    }
  }

  Steps(PopulationConfig config, int parallelism, IntFunction<Subtask> only) throws Exception {
    this.config = config;
    this.only = only;
    for (int index = 0; index < parallelism; index++) {
      pairs.add(new Sender<>(ofPairs(index, parallelism, null), Long.MIN_VALUE));
      charts.add(new Sender<>(ofCharts(index, parallelism, null), Long.MIN_VALUE));
    }
    windows = windows(null);
  }

  /** Which task it goes to. */
  static <I> Sender<I> of(List<Sender<I>> senders, String id) {
    return senders.get(Math.floorMod(id.hashCode(), senders.size()));
  }

  List<Sender<PairUpdate>> pairs() {
    return pairs;
  }

  List<Sender<ChartChange>> charts() {
    return charts;
  }

  <I> void put(Sender<I> sender, I input) throws Exception {
    sender.harness.processElement(input, 0);
    deliver(sender);
  }

  <I> void watermark(Sender<I> sender, long time) throws Exception {
    sender.now = Math.max(sender.now, time);
    sender.harness.processWatermark(time);
    deliver(sender);
    long lowest = lowest();
    if (lowest > now) {
      now = lowest;
      windows.processWatermark(lowest);
      published.addAll(windows.extractOutputValues());
      windows.getOutput().clear();
    }
  }

  /** A barrier passes, before which each sends what it has. */
  void barrier() throws Exception {
    for (Sender<?> sender : pairs) {
      sender.harness.prepareSnapshotPreBarrier(1);
      deliver(sender);
    }
    for (Sender<?> sender : charts) {
      sender.harness.prepareSnapshotPreBarrier(1);
      deliver(sender);
    }
  }

  /** A checkpoint from which all go on at another parallelism. */
  void restart(int parallelism) throws Exception {
    List<OperatorSubtaskState> ofPairs = snapshots(pairs);
    List<OperatorSubtaskState> ofCharts = snapshots(charts);
    long slowestPairs = pairs.stream().mapToLong(sender -> sender.now).min().orElseThrow();
    long slowestCharts = charts.stream().mapToLong(sender -> sender.now).min().orElseThrow();
    OperatorSubtaskState ofWindows = windows.snapshot(1, 1);
    close();
    pairs = new ArrayList<>();
    charts = new ArrayList<>();
    for (int index = 0; index < parallelism; index++) {
      Subtask to = Subtask.of(index, parallelism);
      pairs.add(
          new Sender<>(ofPairs(index, parallelism, Rescale.share(ofPairs, to)), slowestPairs));
      charts.add(
          new Sender<>(ofCharts(index, parallelism, Rescale.share(ofCharts, to)), slowestCharts));
    }
    windows = windows(ofWindows);
    now = Long.MIN_VALUE;
  }

  List<PublishedFigure> published() {
    return published;
  }

  List<LateChange> late() {
    return late;
  }

  /** Tells of each part of what came too late, and of its cohort, when it is sent. */
  void onLate(BiConsumer<Sender<?>, String> listener) {
    onLate = listener;
  }

  /** The event time of all who send. */
  long now() {
    return now;
  }

  /** The entries and timers of what is kept by cohort. */
  List<Integer> leftOver() {
    return List.of(windows.numKeyedStateEntries(), windows.numEventTimeTimers());
  }

  @Override
  public void close() throws Exception {
    for (Sender<?> sender : pairs) {
      sender.harness.close();
    }
    for (Sender<?> sender : charts) {
      sender.harness.close();
    }
    windows.close();
  }

  private long lowest() {
    return Math.min(
        pairs.stream().mapToLong(sender -> sender.now).min().orElseThrow(),
        charts.stream().mapToLong(sender -> sender.now).min().orElseThrow());
  }

  private <I> List<OperatorSubtaskState> snapshots(List<Sender<I>> senders) throws Exception {
    List<OperatorSubtaskState> snapshots = new ArrayList<>();
    for (Sender<I> sender : senders) {
      sender.harness.prepareSnapshotPreBarrier(1);
      deliver(sender);
      snapshots.add(sender.harness.snapshot(1, 1));
    }
    return snapshots;
  }

  private void deliver(Sender<?> sender) throws Exception {
    for (PopulationPart part : sender.harness.extractOutputValues()) {
      if (part.isLate()) {
        onLate.accept(sender, part.cohort());
      }
      windows.processElement(part, 0);
    }
    sender.harness.getOutput().clear();
    var tooLate = sender.harness.getSideOutput(LateChange.TAG);
    if (tooLate != null) {
      tooLate.forEach(record -> late.add(record.getValue()));
      tooLate.clear();
    }
  }

  private OneInputStreamOperatorTestHarness<PairUpdate, PopulationPart> ofPairs(
      int index, int parallelism, @Nullable OperatorSubtaskState restored) throws Exception {
    return open(
        new PopulationPartsOperator<>(config.clock(), new PairChanges(AspectPolicy::classic, ARM)),
        index,
        parallelism,
        restored);
  }

  private OneInputStreamOperatorTestHarness<ChartChange, PopulationPart> ofCharts(
      int index, int parallelism, @Nullable OperatorSubtaskState restored) throws Exception {
    return open(
        new PopulationPartsOperator<>(config.clock(), new ChartChanges()),
        index,
        parallelism,
        restored);
  }

  private static <I> OneInputStreamOperatorTestHarness<I, PopulationPart> open(
      PopulationPartsOperator<I> operator,
      int index,
      int parallelism,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<I, PopulationPart>(
            operator, Subtask.MAX_PARALLELISM, parallelism, index);
    harness.setup(PopulationPart.TYPE.createSerializer(new SerializerConfigImpl()));
    if (restored == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }

  private KeyedOneInputStreamOperatorTestHarness<String, PopulationPart, PublishedFigure> windows(
      @Nullable OperatorSubtaskState restored) throws Exception {
    PopulationFunction function = new PopulationFunction(config, AspectPolicy::classic);
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function),
            PopulationPart::cohort,
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            1,
            0);
    harness.setStateBackend(only.apply(0).backend());
    harness.setup(function.getProducedType().createSerializer(new SerializerConfigImpl()));
    if (restored == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }
}
