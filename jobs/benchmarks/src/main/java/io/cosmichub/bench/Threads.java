package io.cosmichub.bench;

import com.sun.management.ThreadMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the threads of the job have used: those of its tasks, its sources and its producers, by
 * name; the broker's and this benchmark's are left out.
 *
 * @param usage by name of the thread, less the numbers in it
 */
record Threads(Map<String, Usage> usage) {

  private static final Pattern NUMBERS = Pattern.compile("( \\(\\d+/\\d+\\))?#\\d+.*$|[-_.]?\\d+");

  /** Nanoseconds of processor and bytes allocated. */
  record Usage(long nanos, long bytes) {

    Usage plus(Usage other) {
      return new Usage(nanos + other.nanos, bytes + other.bytes);
    }

    Usage minus(Usage other) {
      return new Usage(nanos - other.nanos, bytes - other.bytes);
    }
  }

  /** Reads the clocks and counters of all threads that are alive. */
  static Threads now() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids = threads.getAllThreadIds();
    ThreadInfo[] infos = threads.getThreadInfo(ids);
    long[] nanos = threads.getThreadCpuTime(ids);
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    Map<String, Usage> usage = new TreeMap<>();
    for (int i = 0; i < ids.length; i++) {
      if (infos[i] != null && nanos[i] > 0 && isOfJob(infos[i].getThreadName())) {
        String name = NUMBERS.matcher(infos[i].getThreadName()).replaceAll("");
        usage.merge(name, new Usage(nanos[i], bytes[i]), Usage::plus);
      }
    }
    return new Threads(usage);
  }

  /** What was used since {@code before} by threads that live still. */
  Threads since(Threads before) {
    Map<String, Usage> used = new TreeMap<>();
    usage.forEach(
        (name, now) -> used.put(name, now.minus(before.usage.getOrDefault(name, new Usage(0, 0)))));
    return new Threads(used);
  }

  /** A line a thread that used anything, for each of {@code count} pairs. */
  void print(long count, PrintStream out) {
    usage.forEach(
        (name, used) ->
            out.printf("    %8d ns %8d B  %s%n", used.nanos() / count, used.bytes() / count, name));
  }

  Usage total() {
    return usage.values().stream().reduce(new Usage(0, 0), Usage::plus);
  }

  private static boolean isOfJob(String thread) {
    return thread.contains("/1)#")
        || thread.contains("/2)#")
        || thread.startsWith("Source Data Fetcher")
        || (thread.startsWith("kafka-producer-network-thread") && !thread.contains(Session.OWN));
  }
}
