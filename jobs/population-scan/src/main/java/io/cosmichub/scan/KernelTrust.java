package io.cosmichub.scan;

import java.util.Locale;

/**
 * What the guards of the kernels did.
 *
 * @param fallbackPairs pairs that another kernel computed in place of the one that was asked for
 * @param checkedPairs pairs that the reference kernel computed as well
 * @param wrongPairs those of them, or of a large block the charts, for which the kernel was wrong
 * @param checkedNanos what the pairs that were checked took the kernel
 * @param referenceNanos what they took the reference kernel
 */
record KernelTrust(
    long fallbackPairs,
    long checkedPairs,
    long wrongPairs,
    long checkedNanos,
    long referenceNanos) {

  static final KernelTrust NONE = new KernelTrust(0, 0, 0, 0, 0);

  private static final double NANOS = 1e9;

  /** Of a run that was broken off only what must be known is known. */
  static KernelTrust wrongBefore(long wrongPairs) {
    return new KernelTrust(0, 0, Math.max(0, wrongPairs), 0, 0);
  }

  KernelTrust plus(KernelTrust other) {
    return new KernelTrust(
        fallbackPairs + other.fallbackPairs,
        checkedPairs + other.checkedPairs,
        wrongPairs + other.wrongPairs,
        checkedNanos + other.checkedNanos,
        referenceNanos + other.referenceNanos);
  }

  double checkedSeconds() {
    return checkedNanos / NANOS;
  }

  double referenceSeconds() {
    return referenceNanos / NANOS;
  }

  /** The same in a sentence. */
  String words() {
    return String.format(
        Locale.ROOT,
        "The reference kernel repeated %,d pairs, in %.3f s where the kernel took %.3f s; %s.",
        checkedPairs,
        referenceSeconds(),
        checkedSeconds(),
        fallbackPairs == 0
            ? "no other kernel had to step in"
            : String.format(
                Locale.ROOT,
                "another kernel computed %,d in place of the one asked for, and the log says why",
                fallbackPairs));
  }

  /** What whoever reads the results must know; empty if no check found the kernel wrong. */
  String warning() {
    return wrongPairs == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "WARNING: the kernel was wrong for %,d of the pairs or charts that were checked. The"
                + " reference's results stand for what was checked then, and that kernel was not"
                + " asked again; what it computed unchecked before may be wrong. Scan again with"
                + " --kernel reference.",
            wrongPairs);
  }
}
