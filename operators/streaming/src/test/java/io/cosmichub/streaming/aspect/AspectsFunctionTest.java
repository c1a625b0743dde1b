package io.cosmichub.streaming.aspect;

import static io.cosmichub.streaming.given.Given.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairWork;
import io.cosmichub.streaming.given.Tight;
import io.cosmichub.streaming.record.RecordTypes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AspectsFunctionTest {

  private static final long TIMEOUT = 100;
  private static final int CAPACITY = 10;
  private static final ReferenceKernel TRUTH = new ReferenceKernel(AspectPolicy.classic());

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : opened) {
      harness.close();
    }
  }

  @Test
  void theReferenceKernelAnswersInOrder() throws Exception {
    var aspects = open(new AspectsFunction("reference", AspectPolicy::classic), null);
    List<PairResult> expected = new ArrayList<>();
    for (int pair = 0; pair < CAPACITY; pair++) {
      PairWork work = compute("p" + pair, pair);
      aspects.processElement(work, 0);
      expected.add(truth(work));
    }
    assertThat(aspects.extractOutputValues()).containsExactlyElementsOf(expected);
    assertThat(finish(aspects)).containsExactlyElementsOf(expected);
  }

  @Test
  void theEndOfAPairPassesWithoutTheKernel() throws Exception {
    var aspects =
        open(
            new AspectsFunction((policy, subtask, events) -> new Manual(), AspectPolicy::classic),
            null);
    PairWork close =
        new PairWork(
            "p",
            PairWork.Kind.CLOSE,
            false,
            "a",
            "b",
            1,
            2,
            Longitudes.NONE,
            Longitudes.NONE,
            0,
            0,
            0,
            0);
    aspects.processElement(close, 0);
    assertThat(finish(aspects)).containsExactly(new PairResult(close, AspectSet.EMPTY));
  }

  @Test
  void whatEvenTheGuardFailsAtFailsTheTask() throws Exception {
    Manual kernel = new Manual();
    var aspects = open(function(kernel), null);
    aspects.getEnvironment().setExpectedExternalFailureCause(Exception.class);
    aspects.processElement(compute("p", 1), 0);
    kernel.answers.remove().completeExceptionally(new IllegalStateException("a bug"));
    aspects.endInput();
    assertThat(aspects.getEnvironment().getActualExternalFailureCause())
        .hasValueSatisfying(cause -> assertThat(cause).hasRootCauseMessage("a bug"));
    assertThat(aspects.extractOutputValues()).isEmpty();
  }

  @Test
  void whatIsNotAnsweredInTimeTheReferenceKernelDoesOnce() throws Exception {
    Manual kernel = new Manual();
    var aspects = open(function(kernel), null);
    PairWork work = compute("p", 1);
    aspects.processElement(work, 0);
    aspects.setProcessingTime(TIMEOUT + 1);
    kernel.answers.remove().complete(AspectSet.EMPTY);
    assertThat(finish(aspects)).containsExactly(truth(work));
    assertThat(aspects.wasFailedExternally()).isFalse();
  }

  @Test
  void aLateAnswerHoldsBackTheOnesAfterIt() throws Exception {
    Manual kernel = new Manual();
    var aspects = open(function(kernel), null);
    PairWork first = compute("p", 1);
    PairWork second = compute("p", 2);
    aspects.processElement(first, 0);
    aspects.processElement(second, 0);
    CompletableFuture<AspectSet> firstAnswer = kernel.answers.remove();
    kernel.answers.remove().complete(truth(second).touched());
    firstAnswer.complete(truth(first).touched());
    assertThat(finish(aspects)).containsExactly(truth(first), truth(second));
  }

  @Test
  void whatIsInFlightIsPartOfACheckpoint() throws Exception {
    PairWork work = compute("p", 1);
    var before =
        open(
            new AspectsFunction((policy, subtask, events) -> new Manual(), AspectPolicy::classic),
            null);
    before.processElement(work, 0);
    OperatorSubtaskState snapshot = before.snapshot(1, 1);
    before.setProcessingTime(TIMEOUT + 1);

    var after = open(new AspectsFunction("reference", AspectPolicy::classic), snapshot);
    assertThat(finish(after)).containsExactly(truth(work));
  }

  @Test
  void workUnderTheCandidateIsComputedUnderItByWhateverComputes() throws Exception {
    ReferenceKernel tight = new ReferenceKernel(Tight.tight());
    PairWork under = compute("p", 7).under("tight");
    AspectSet expected = tight.aspects(under.a(), under.b(), under.movedA(), under.movedB());
    assertThat(expected).isNotEqualTo(truth(under).touched());

    var atOnce = open(new AspectsFunction("vector", Tight.SOURCE), null);
    atOnce.processElement(under, 0);
    atOnce.processElement(compute("p", 7), 0);
    assertThat(atOnce.extractOutputValues())
        .containsExactly(new PairResult(under, expected), truth(compute("p", 7)));

    Manual kernel = new Manual();
    Manual other = new Manual();
    var waiting =
        open(
            new AspectsFunction(
                (policy, subtask, events) -> policy.id().equals("tight") ? other : kernel,
                Tight.SOURCE),
            null);
    waiting.processElement(under, 0);
    assertThat(kernel.answers).isEmpty();
    assertThat(other.answers).hasSize(1);
    waiting.setProcessingTime(TIMEOUT + 1);
    assertThat(finish(waiting)).as("late").containsExactly(new PairResult(under, expected));
    waiting.close();
    assertThat(List.of(kernel.closed, other.closed)).containsOnly(true);
  }

  @Test
  void workUnderAPolicyThatIsNotThereFailsTheTask() throws Exception {
    var aspects = open(new AspectsFunction("reference", AspectPolicy::classic), null);
    assertThatThrownBy(() -> aspects.processElement(compute("p", 1).under("tight"), 0))
        .hasStackTraceContaining("tight")
        .hasStackTraceContaining("classic");
  }

  @Test
  void aKernelThatIsNotThereFailsTheStartWithoutARestart() {
    assertThatThrownBy(() -> open(new AspectsFunction("abacus", AspectPolicy::classic), null))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("abacus");
  }

  @Test
  void theKernelIsClosedWithTheTask() throws Exception {
    Manual kernel = new Manual();
    var aspects = open(function(kernel), null);
    aspects.close();
    assertThat(kernel.closed).isTrue();
  }

  private static AspectsFunction function(Manual kernel) {
    return new AspectsFunction((policy, subtask, events) -> kernel, AspectPolicy::classic);
  }

  private OneInputStreamOperatorTestHarness<PairWork, PairResult> open(
      AspectsFunction function, @Nullable OperatorSubtaskState restored) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new AspectsOperatorFactory(function, Duration.ofMillis(TIMEOUT), CAPACITY),
            RecordTypes.PAIR_WORK.createSerializer(new SerializerConfigImpl()));
    opened.add(harness);
    harness.setup(PairResult.TYPE.createSerializer(new SerializerConfigImpl()));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }

  private static List<PairResult> finish(
      OneInputStreamOperatorTestHarness<PairWork, PairResult> aspects) throws Exception {
    aspects.endInput();
    return aspects.extractOutputValues();
  }

  private static PairWork compute(String pairId, int degree) {
    return new PairWork(
        pairId,
        PairWork.Kind.COMPUTE,
        true,
        "a",
        "b",
        1,
        degree,
        at(degree, 120),
        at(degree + 90, 2 * degree),
        0x3FF,
        0x3FF,
        5,
        6);
  }

  private static PairResult truth(PairWork work) {
    return new PairResult(work, TRUTH.aspects(work.a(), work.b(), work.movedA(), work.movedB()));
  }

  /** A kernel that answers when the test says so. */
  private static final class Manual implements AspectKernel {

    final Queue<CompletableFuture<AspectSet>> answers = new ArrayDeque<>();
    boolean closed;

    @Override
    public String name() {
      return "manual";
    }

    @Override
    public AspectPolicy policy() {
      return AspectPolicy.classic();
    }

    @Override
    public CompletableFuture<AspectSet> touched(
        Longitudes a, Longitudes b, int movedA, int movedB) {
      CompletableFuture<AspectSet> answer = new CompletableFuture<>();
      answers.add(answer);
      return answer;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
