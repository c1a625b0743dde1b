package io.cosmichub.scan;

import io.cosmichub.quickstart.UsageException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Supplier;

/** Refuses a scan that cannot be done, in words that say what to change. */
final class ScanChecks {

  private static final int MEBIBYTE_BITS = 20;

  private ScanChecks() {}

  /** {@link UsageException} with the option's name if its value is refused. */
  static void option(String name, Supplier<Object> use) {
    try {
      Object unused = use.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(name + ": " + e.getMessage(), e);
    }
  }

  /** {@link UsageException} if the scan would not fit into this process. */
  static void memory(ScanPlan plan, int parallelism) {
    int subtasks = Math.min(parallelism, plan.blocks());
    long needed = plan.bytes(subtasks);
    long there = Runtime.getRuntime().maxMemory();
    if (needed > there) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--best %d of %,d charts, --parallelism %d: takes about %,d MiB, and there are %,d"
                  + " MiB; keep fewer partners or take fewer subtasks",
              plan.best(),
              plan.charts(),
              subtasks,
              needed >> MEBIBYTE_BITS,
              there >> MEBIBYTE_BITS));
    }
  }

  /** What is said of a file that cannot be read or written. */
  static String said(Exception e) {
    Throwable fault = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    return "a file cannot be read or written: "
        + fault.getClass().getSimpleName()
        + ": "
        + fault.getMessage()
        + "; started again, the scan goes on where it was";
  }
}
