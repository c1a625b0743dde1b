package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cosmichub.kernels.cuda.BufferPool.Lease;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BufferPoolTest {

  private static final long KEPT = 10_000;

  private final List<String> allocated = new ArrayList<>();
  private final List<String> freed = new ArrayList<>();
  private final BufferPool<String> pool =
      new BufferPool<>(KEPT, BufferPool::powerOfTwo, this::allocate, freed::add);

  @Test
  void whatComesBackIsLentAgainInItsSize() {
    Lease<String> first = pool.lease(5_000);
    String memory = first.memory();
    first.close();
    try (Lease<String> second = pool.lease(8_192);
        Lease<String> third = pool.lease(8_192)) {
      assertThat(second.memory()).isSameAs(memory);
      assertThat(third.memory()).isNotSameAs(memory);
    }
    assertThat(allocated).containsExactly("8192 bytes, 0", "8192 bytes, 1");
  }

  @Test
  void sizesAreTheNextPowerOfTwo() {
    for (long bytes : new long[] {0, 1, 4_095, 4_096, 4_097, 1 << 20, (1 << 20) + 1}) {
      pool.lease(bytes).close();
    }
    assertThat(allocated)
        .containsExactly("4096 bytes, 0", "8192 bytes, 1", "1048576 bytes, 2", "2097152 bytes, 3");
  }

  @Test
  void whatIsBeyondTheLimitIsFreed() {
    Lease<String> small = pool.lease(4_096);
    Lease<String> large = pool.lease(8_192);
    small.close();
    large.close();
    assertThat(freed).as("what lay idle the longest").containsExactly("4096 bytes, 0");
    pool.clear();
    assertThat(freed).containsExactly("4096 bytes, 0", "8192 bytes, 1");
  }

  @Test
  void whatNobodyAsksForAnyMoreMakesRoomForWhatIsAskedForNow() {
    List<Lease<String>> before = List.of(pool.lease(4_096), pool.lease(4_096));
    before.forEach(Lease::close);
    for (int call = 0; call < 3; call++) {
      pool.lease(8_192).close();
    }
    assertThat(allocated).containsExactly("4096 bytes, 0", "4096 bytes, 1", "8192 bytes, 2");
    assertThat(freed).containsExactly("4096 bytes, 0", "4096 bytes, 1");
  }

  @Test
  void whatIsLargerThanAllThatIsKeptIsFreedAtOnce() {
    pool.lease(1).close();
    pool.lease(16_384).close();
    assertThat(freed).containsExactly("16384 bytes, 1");
    pool.lease(1).close();
    assertThat(allocated).containsExactly("4096 bytes, 0", "16384 bytes, 1");
  }

  @Test
  void aLeakIsCounted() {
    Lease<String> kept = pool.lease(1);
    pool.lease(1).close();
    assertThat(pool.leased()).isOne();
    kept.close();
    assertThat(pool.leased()).isZero();
  }

  @Test
  void returnedMemoryIsOutOfReach() {
    Lease<String> lease = pool.lease(1);
    lease.close();
    assertThatIllegalStateException().isThrownBy(lease::memory);
    assertThatIllegalStateException().isThrownBy(lease::close);
    assertThat(pool.leased()).isZero();
  }

  private String allocate(long bytes) {
    String memory = bytes + " bytes, " + allocated.size();
    allocated.add(memory);
    return memory;
  }
}
