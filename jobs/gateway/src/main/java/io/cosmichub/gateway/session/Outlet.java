package io.cosmichub.gateway.session;

/** The way to one client. */
public interface Outlet {
  /** Sends without blocking; {@code sent} is run once the message has left. One at a time. */
  void send(String text, Runnable sent);

  /** Closes, and cuts the line soon after if the other side does not answer. */
  void close(int code, String reason);
}
