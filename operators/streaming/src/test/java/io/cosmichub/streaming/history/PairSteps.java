package io.cosmichub.streaming.history;

import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.Population;
import io.cosmichub.score.RuleScorer;
import io.cosmichub.streaming.aspect.AspectsFunction;
import io.cosmichub.streaming.aspect.AspectsOperatorFactory;
import io.cosmichub.streaming.aspect.PairResult;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.population.ChangeReader;
import io.cosmichub.streaming.population.PairChanges;
import io.cosmichub.streaming.record.RecordTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * The chain of the pairs, from both sides to what is published of each, in as many subtasks as it
 * likes, and the population as it follows.
 */
final class PairSteps implements ChangeReader.Changes, AutoCloseable {

  private static final int PER_SECOND = 200;
  private static final long PAUSE = 20;
  private static final long HOT_BYTES = 100;

  private final PolicySource policy;
  private final Supplier<StateBackend> backend;
  private final Consumer<PairUpdate> published;
  private final PairChanges reader;
  private final Map<String, Population> population = new TreeMap<>();
  private Harnesses harnesses = new Harnesses();
  private List<Line> lines = new ArrayList<>();
  private long now;

  /** The steps of one subtask. */
  private record Line(
      KeyedTwoInputStreamOperatorTestHarness<String, SideUpdate, PairWork, PairWork> head,
      OneInputStreamOperatorTestHarness<PairWork, PairResult> kernel,
      KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects) {}

  PairSteps(
      PolicySource policy,
      Supplier<StateBackend> backend,
      int parallelism,
      Consumer<PairUpdate> published)
      throws Exception {
    this.policy = policy;
    this.backend = backend;
    this.published = published;
    reader = new PairChanges(policy, RuleScorer.name(policy.policy().id()));
    reader.open();
    for (int index = 0; index < parallelism; index++) {
      lines.add(line(new Subtask(index, parallelism, backend.get()), null, null, null));
    }
  }

  void put(SideUpdate side) throws Exception {
    Line line =
        lines.get(
            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                side.pairId(), Subtask.MAX_PARALLELISM, lines.size()));
    line.head.processElement1(side, 0);
    deliver(line);
  }

  void tell(PairWork told) throws Exception {
    for (Line line : lines) {
      line.head.processElement2(told, 0);
      deliver(line);
    }
  }

  /** Lets a page of a walk come. */
  void passTime() throws Exception {
    now += PAUSE;
    for (Line line : lines) {
      line.head.setProcessingTime(now);
      deliver(line);
    }
  }

  /** Lets all of a walk come. */
  void walk() throws Exception {
    for (int page = 0; page < 30; page++) {
      passTime();
    }
  }

  /** A checkpoint from which all go on in so many subtasks. */
  void restart(int parallelism) throws Exception {
    List<OperatorSubtaskState> heads = new ArrayList<>();
    List<OperatorSubtaskState> kernels = new ArrayList<>();
    List<OperatorSubtaskState> aspects = new ArrayList<>();
    for (Line line : lines) {
      heads.add(line.head.snapshot(now, now));
      kernels.add(line.kernel.snapshot(now, now));
      aspects.add(line.aspects.snapshot(now, now));
    }
    close();
    harnesses = new Harnesses();
    lines = new ArrayList<>();
    for (int index = 0; index < parallelism; index++) {
      Subtask to = new Subtask(index, parallelism, backend.get());
      lines.add(
          line(
              to,
              Rescale.share(heads, to),
              Rescale.share(kernels, to),
              Rescale.share(aspects, to)));
    }
  }

  /** What has become of everyone, and of each cohort. */
  Map<String, Population> population() {
    return population;
  }

  /** Of how many pairs something is kept; for a heap only. */
  int leftOver() throws Exception {
    int entries = 0;
    for (Line line : lines) {
      line.aspects.snapshot(now, now);
      entries += line.aspects.numKeyedStateEntries();
    }
    return entries;
  }

  @Override
  public void ofChart(String cohort, ChartChange change) {
    throw new IllegalStateException("no chart is told of");
  }

  @Override
  public void ofPair(String cohort, PairChange change) {
    population.computeIfAbsent(cohort, fresh -> new Population()).apply(change);
  }

  @Override
  public void close() throws Exception {
    harnesses.close();
    for (Line line : lines) {
      line.kernel.close();
    }
  }

  private void deliver(Line line) throws Exception {
    for (PairWork work : Harnesses.drain(line.head)) {
      line.kernel.processElement(work, 0);
    }
    for (PairResult result : Harnesses.drain(line.kernel)) {
      line.aspects.processElement(result, 0);
    }
    for (PairUpdate update : Harnesses.drain(line.aspects)) {
      published.accept(update);
      reader.read(update, this);
    }
  }

  private Line line(
      Subtask subtask,
      @Nullable OperatorSubtaskState ofHead,
      @Nullable OperatorSubtaskState ofKernel,
      @Nullable OperatorSubtaskState ofAspects)
      throws Exception {
    return new Line(
        harnesses.head(policy, PER_SECOND, now, subtask, ofHead),
        kernel(subtask, ofKernel),
        harnesses.aspects(policy, HOT_BYTES, subtask, ofAspects));
  }

  private OneInputStreamOperatorTestHarness<PairWork, PairResult> kernel(
      Subtask subtask, @Nullable OperatorSubtaskState restored) throws Exception {
    var kernel =
        new OneInputStreamOperatorTestHarness<PairWork, PairResult>(
            new AspectsOperatorFactory(
                new AspectsFunction("reference", policy), Duration.ofSeconds(30), 16),
            Subtask.MAX_PARALLELISM,
            subtask.parallelism(),
            subtask.index());
    kernel
        .getStreamConfig()
        .setupNetworkInputs(RecordTypes.PAIR_WORK.createSerializer(new SerializerConfigImpl()));
    kernel.getStreamConfig().serializeAllConfigs();
    kernel.setup(PairResult.TYPE.createSerializer(new SerializerConfigImpl()));
    if (restored == null) {
      kernel.initializeEmptyState();
    } else {
      kernel.initializeState(restored);
    }
    kernel.open();
    return kernel;
  }
}
