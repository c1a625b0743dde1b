package io.cosmichub.kernels.guard;

/** What can go wrong with one call of a device. */
public enum Fault {
  /** Nothing: the right answer, in time. */
  NONE,
  /** The device's memory is used up; the next call may go well. */
  OUT_OF_MEMORY,
  /** A kernel touched what is not its own: the context is poisoned, and every later call fails. */
  ILLEGAL_ADDRESS,
  /** The device's own watchdog ended the launch. */
  LAUNCH_TIMEOUT,
  /** Memory that cannot be corrected. */
  ECC,
  /** The call does not return for a while; what it then returns is nonsense. */
  HANG,
  /** One bit of one pair's input is another one; nobody says so. */
  BIT_FLIP,
  /** The native library is not there. */
  MISSING_LIBRARY
}
