package io.cosmichub.kernels.cuda;

import java.time.Duration;
import java.util.Set;

/**
 * A device refused an operation, failed in it, did not answer or answered wrongly. Where it {@link
 * #poisons}, the context is lost or given up, and every later call in this process fails too.
 */
public final class DeviceException extends RuntimeException {

  /** The code where no status came back. */
  public static final int NO_STATUS = -1;

  private static final long serialVersionUID = 1;

  /**
   * After these the driver answers every call of the context with the same error: uncorrectable
   * memory and links (214, 220), a destroyed or lost context (4, 46, 709), and what a kernel did
   * wrong or too slowly (700, 702, 710, 714 to 719); and the unknown (999).
   */
  private static final Set<Integer> POISONING =
      Set.of(4, 46, 214, 220, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999);

  /**
   * A device that did not open with one of these does not open at another attempt: a driver that
   * does not fit (34, 35, 803, 804), no device (100, 101), and code that it does not take (200,
   * 209, 218, 221 to 223, 300, 301, 500).
   */
  private static final Set<Integer> LASTING =
      Set.of(34, 35, 100, 101, 200, 209, 218, 221, 222, 223, 300, 301, 500, 803, 804);

  private final String operation;
  private final String words;
  private final int code;
  private final String codeName;
  private final boolean poisons;

  private DeviceException(
      String operation, int code, String codeName, boolean poisons, String message) {
    super(message);
    this.operation = operation;
    words = message;
    this.code = code;
    this.codeName = codeName;
    this.poisons = poisons;
  }

  /** An operation that came back with an error. */
  static DeviceException failed(String operation, int code, String codeName) {
    boolean poisons = POISONING.contains(code);
    return new DeviceException(
        operation,
        code,
        codeName,
        poisons,
        operation
            + " failed: "
            + codeName
            + " ("
            + code
            + ")"
            + (poisons ? "; the context is lost" : ""));
  }

  /** An operation that began and did not come back in time. */
  static DeviceException silent(String operation, Duration timeout) {
    return new DeviceException(
        operation,
        NO_STATUS,
        "TIMEOUT",
        true,
        operation + " did not come back within " + timeout + "; the device is given up");
  }

  /** An operation that did not begin in time, because others were before it. */
  static DeviceException busy(String operation, Duration timeout) {
    return new DeviceException(
        operation,
        NO_STATUS,
        "BUSY",
        false,
        operation + " did not begin within " + timeout + ": the device is busy");
  }

  /** A device that nobody is to use any more, for what {@code words} say. */
  static DeviceException givenUp(String words) {
    return new DeviceException("use", NO_STATUS, "GIVEN_UP", true, words);
  }

  /** An operation on a device that was given up before. */
  static DeviceException retired(String operation, DeviceException why) {
    DeviceException retired =
        new DeviceException(
            operation,
            why.code,
            why.codeName,
            true,
            operation + " refused: the device was given up after: " + why.words);
    retired.initCause(why);
    return retired;
  }

  /** The same failure with the stack of the caller that it reaches. */
  DeviceException seenByCaller() {
    DeviceException seen = new DeviceException(operation, code, codeName, poisons, words);
    seen.initCause(this);
    return seen;
  }

  /** What was asked of the device. */
  public String operation() {
    return operation;
  }

  /** The driver's status, or {@link #NO_STATUS}. */
  public int code() {
    return code;
  }

  /** The name of the status. */
  public String codeName() {
    return codeName;
  }

  /** Whether a device that failed to open so would fail again, whenever one tries. */
  boolean lasts() {
    return LASTING.contains(code);
  }

  /** Whether the context is lost, or given up, for good. */
  public boolean poisons() {
    return poisons;
  }
}
