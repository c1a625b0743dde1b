package io.cosmichub.gateway.web;

import io.cosmichub.gateway.session.Outlet;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** The way to one client through Jetty's asynchronous sending. */
final class SocketOutlet implements Outlet {
  private static final long LAST_CHANCE_MILLIS = 2_000;

  private final Session socket;
  private final ScheduledExecutorService timer;

  SocketOutlet(Session socket, ScheduledExecutorService timer) {
    this.socket = socket;
    this.timer = timer;
  }

  @Override
  public void send(String text, Runnable sent) {
    // A failed send ends the connection, and Jetty says so where sessions are closed.
    socket.sendText(text, Callback.from(sent, failed -> socket.disconnect()));
  }

  @Override
  public void close(int code, String reason) {
    socket.close(code, reason, Callback.NOOP);
    // To Jetty it is not open from here on, though a client that does not answer keeps its place.
    Future<?> unused =
        timer.schedule(socket::disconnect, LAST_CHANCE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
