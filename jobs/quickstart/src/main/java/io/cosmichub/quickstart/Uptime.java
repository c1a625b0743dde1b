package io.cosmichub.quickstart;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** How long this process has run. */
final class Uptime {

  private Uptime() {}

  static double seconds() {
    return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
  }

  static String words() {
    return String.format(Locale.ROOT, "%.1f s", seconds());
  }
}
