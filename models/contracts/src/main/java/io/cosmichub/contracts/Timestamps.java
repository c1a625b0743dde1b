package io.cosmichub.contracts;

import com.google.protobuf.Timestamp;

/** Times as the messages hold them, to the millisecond. */
final class Timestamps {
  private static final int MILLIS = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Timestamps() {}

  static Timestamp of(long epochMillis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(epochMillis, MILLIS))
        .setNanos(Math.floorMod(epochMillis, MILLIS) * NANOS_PER_MILLI)
        .build();
  }

  static long millis(Timestamp time) {
    return time.getSeconds() * MILLIS + time.getNanos() / NANOS_PER_MILLI;
  }

  static String text(Timestamp time) {
    return Rfc3339.format(millis(time));
  }
}
