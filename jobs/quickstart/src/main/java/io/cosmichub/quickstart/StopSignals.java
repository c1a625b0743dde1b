package io.cosmichub.quickstart;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the first Ctrl-C (or SIGTERM) into a wish to stop and the second one into an end at once.
 * The JVM's own way, shutdown hooks, would take Flink apart while it still has to write its last
 * state; the signal API has no supported name at compile time, hence the reflection.
 */
final class StopSignals {

  private static final List<String> SIGNALS = List.of("INT", "TERM");
  private static final int KILLED_BY_INTERRUPT = 130;

  private final CountDownLatch wished = new CountDownLatch(1);

  /** Listens from now on; without signals in this JVM, Ctrl-C simply ends it. */
  static StopSignals listen() {
    StopSignals signals = new StopSignals();
    InvocationHandler handler = (proxy, method, arguments) -> signals.on(proxy, method, arguments);
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
      for (String name : SIGNALS) {
        signal
            .getMethod("handle", signal, type)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      }
    } catch (ReflectiveOperationException e) {
      return signals;
    }
    return signals;
  }

  /** Waits for the wish to stop; false if the time is up before. */
  boolean await(long time, TimeUnit unit) throws InterruptedException {
    return wished.await(time, unit);
  }

  /** Whether someone wishes to stop. */
  boolean stop() {
    return wished.getCount() == 0;
  }

  private Object on(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "StopSignals";
      default -> {
        if (stop()) {
          Runtime.getRuntime().halt(KILLED_BY_INTERRUPT);
        }
        wished.countDown();
        yield proxy;
      }
    };
  }
}
