package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.BatchKernelContract;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.batch.BatchSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** The CPU kernel as a device behind its guard is still a kernel for whole batches. */
final class GuardedBatchKernelTest extends BatchKernelContract {

  private final RecordedEvents events = new RecordedEvents();

  @Override
  protected BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return new GuardedBatches(
        Kernels.open("vector", policy, settings),
        Kernels.open("reference", policy, settings),
        new GuardSettings(
            settings, BatchSettings.DEFAULT, Duration.ofMinutes(1), 1, Duration.ofDays(1), 0.05),
        1,
        events,
        new DaemonThread("guarded-batch-kernel-test"),
        System::nanoTime);
  }

  /** The small objects of a call to the device's thread; of pairs GuardedAllocationTest speaks. */
  @Override
  protected boolean allocatesNothing() {
    return false;
  }

  @Override
  protected int chartsOfTheBest() {
    return 90;
  }

  @Override
  protected int fewerOfOthers() {
    return 20;
  }

  /** Neither wrong nor, by whatever the contract asks for that is refused, taken for broken. */
  @AfterEach
  void theKernelItselfDidAll() {
    assertThat(events.mismatched).hasValue(0);
    assertThat(events.fellBack).hasValue(0);
    assertThat(events.moves).isEmpty();
  }
}
