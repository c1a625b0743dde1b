package io.cosmichub.quickstart;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;

/**
 * What the person who started the demo reads. A status is rewritten in place on a terminal; where
 * output goes to a file it is printed every five seconds. Thread-safe.
 */
public final class Console {

  private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(5);
  private static final String REWRITE = "\r\033[K";

  private final PrintStream out;
  private final boolean terminal;
  private boolean statusShown;
  private long lastStatus = System.nanoTime() - BETWEEN_LINES;

  public Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** The standard output. */
  public static Console standard() {
    return new Console(System.out, isTerminal());
  }

  /** Prints a line for good. */
  public synchronized void line(String text) {
    clearStatus();
    out.println(text);
    out.flush();
  }

  /** Shows how things stand now. */
  public synchronized void status(String text) {
    if (terminal) {
      out.print(REWRITE + text);
      out.flush();
      statusShown = true;
      return;
    }
    long now = System.nanoTime();
    if (now - lastStatus >= BETWEEN_LINES) {
      lastStatus = now;
      out.println(text);
      out.flush();
    }
  }

  private void clearStatus() {
    if (statusShown) {
      out.print(REWRITE);
      statusShown = false;
    }
  }

  /** Since Java 22 there is a console without a terminal, too, and only it can tell. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    java.io.Console console = System.console();
    if (console == null || "true".equals(System.getenv("CI"))) {
      return false;
    }
    try {
      Method asked = java.io.Console.class.getMethod("isTerminal");
      return Boolean.TRUE.equals(asked.invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
