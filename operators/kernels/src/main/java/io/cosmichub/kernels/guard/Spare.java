package io.cosmichub.kernels.guard;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A buffer that is lent to one call and, once that went well, to the next. What does not come back
 * is forgotten: a device that was given up may still write into it. Safe for use by several
 * threads; of those that ask at the same time, all but one get a new buffer.
 */
final class Spare<B> {

  private final AtomicReference<@Nullable B> kept = new AtomicReference<>();
  private final Supplier<B> anew;

  Spare(Supplier<B> anew) {
    this.anew = anew;
  }

  /** The buffer that was kept, which nobody else has any more, or a new one. */
  B take() {
    B spare = kept.getAndSet(null);
    return spare == null ? anew.get() : spare;
  }

  /** Keeps a buffer that nobody uses any more, in place of the one before. */
  void keep(B buffer) {
    kept.set(buffer);
  }
}
