package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.aspect.PairResult;
import io.cosmichub.streaming.fanout.FanOutConfig;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.WatchInput;
import io.cosmichub.streaming.watch.KeyedMembership;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * All steps from the records of charts and watches to the population, one record after another;
 * {@link Trial} goes on from the beginning.
 */
final class InputSteps implements AutoCloseable {

  private static final FanOutConfig FAN_OUT = new FanOutConfig(0, 1_000, 1, 1_000_000);
  private static final ReferenceKernel KERNEL = new ReferenceKernel(AspectPolicy.classic());

  private final Harnesses harnesses = new Harnesses();
  private final KeyedOneInputStreamOperatorTestHarness<String, WatchInput, KeyedMembership> watches;
  private final KeyedTwoInputStreamOperatorTestHarness<
          String, ChartInput, KeyedMembership, SideUpdate>
      fanOut;
  private final KeyedOneInputStreamOperatorTestHarness<String, SideUpdate, PairWork> pairs;
  private final KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects;
  private final Steps population;

  InputSteps(PopulationConfig config, int parallelism) throws Exception {
    watches = harnesses.watches(Subtask.ONLY, null);
    fanOut = harnesses.fanOut(FAN_OUT, Subtask.ONLY, null);
    pairs = harnesses.pairs(Subtask.ONLY, null);
    aspects = harnesses.aspects(Subtask.ONLY, null);
    for (Control control : Trial.CONTROLS) {
      aspects.processElement(new PairResult(Models.tell(control), AspectSet.EMPTY), 0);
    }
    population = new Steps(config, parallelism, index -> Subtask.ONLY);
  }

  void put(WatchInput watch) throws Exception {
    watches.processElement(watch, 0);
    for (KeyedMembership sent : Harnesses.drain(watches)) {
      fanOut.processElement2(sent, 0);
      fannedOut();
    }
  }

  void put(ChartInput chart) throws Exception {
    fanOut.processElement1(chart, 0);
    fannedOut();
  }

  /** The steps of the population. */
  Steps population() {
    return population;
  }

  @Override
  public void close() throws Exception {
    harnesses.close();
    population.close();
  }

  private void fannedOut() throws Exception {
    for (SideUpdate side : Harnesses.drain(fanOut)) {
      pairs.processElement(side, 0);
    }
    for (PairWork work : Harnesses.drain(pairs)) {
      aspects.processElement(
          new PairResult(work, KERNEL.aspects(work.a(), work.b(), work.movedA(), work.movedB())),
          0);
    }
    for (PairUpdate update : Harnesses.drain(aspects)) {
      population.put(Steps.of(population.pairs(), update.pairId()), update);
    }
    var changes = fanOut.getSideOutput(PopulationTypes.CHART_CHANGES);
    if (changes != null) {
      for (var record : changes) {
        ChartChange change = record.getValue();
        population.put(Steps.of(population.charts(), change.chartId()), change);
      }
      changes.clear();
    }
  }
}
