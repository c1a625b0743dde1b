package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShadowCheckTest {

  private static final int CALLS = 1_000_000;

  private final FaultyKernel kernel = new FaultyKernel(() -> Fault.NONE, () -> {});
  private final RecordedEvents events = new RecordedEvents();
  private final Breaker breaker =
      new Breaker(1, Duration.ofSeconds(1), () -> 0, events::breakerMoved);

  @ParameterizedTest
  @ValueSource(doubles = {0.0001, 0.001, 0.1, 0.5, 0.9})
  void theShareOfCallsThatAreDueIsTheOneAskedFor(double share) {
    int due = due(check(share, 7)).length;
    assertThat(due)
        .isCloseTo((int) (CALLS * share), within((int) (5 * Math.sqrt(CALLS * share)) + 1));
  }

  @Test
  void aShareOfOneIsEveryCallAndAShareOfNoneIsNoCall() {
    assertThat(due(check(1, 7))).hasSize(CALLS);
    assertThat(due(check(0, 7))).isEmpty();
  }

  @Test
  void aSeedChoosesTheSameCallsAgainAndAnotherSeedOthers() {
    int[] calls = due(check(0.001, 1));
    assertThat(due(check(0.001, 1))).isEqualTo(calls);
    assertThat(due(check(0.001, 2))).isNotEqualTo(calls);
  }

  @Test
  void noRhythmOfTheTrafficHidesFromIt() {
    int[] byRemainder = new int[10];
    for (int call : due(check(0.1, 3))) {
      byRemainder[call % 10]++;
    }
    assertThat(byRemainder).satisfies(counts -> assertThat(counts).hasSize(10));
    assertThat(IntStream.of(byRemainder)).allMatch(count -> count > 9_000 && count < 11_000);
  }

  @Test
  void oneDifferenceSwitchesTheKernelOff() {
    ShadowCheck check = check(1, 0);
    check.compared(10, 0, 1, 1);
    assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
    assertThat(kernel.distrusted()).isEmpty();
    check.compared(10, 1, 1, 1);
    assertThat(breaker.state()).isEqualTo(Breaker.State.OFF);
    assertThat(events.checked).hasValue(20);
    assertThat(events.mismatched).hasValue(1);
    assertThat(kernel.distrusted()).containsExactly("a check found 1 of 10 pairs wrong");
  }

  private ShadowCheck check(double share, long seed) {
    return new ShadowCheck(kernel, share, seed, breaker, events);
  }

  private static int[] due(ShadowCheck check) {
    return IntStream.range(0, CALLS).filter(call -> check.isDue()).toArray();
  }
}
