package io.cosmichub.gateway.session;

/** Why the gateway closes a connection: WebSocket's own codes, and from 4000 up its own. */
public enum CloseCode {
  BINARY(1003, "messages are text"),
  POLICY(1008, "too many messages"),
  CROWD(1008, "too many connections"),
  SHUTDOWN(1001, "the gateway stops"),
  EXPIRED(4401, "the token has expired"),
  SLOW(4408, "the client reads too slowly");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }
}
