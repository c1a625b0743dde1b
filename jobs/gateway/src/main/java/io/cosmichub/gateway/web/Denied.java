package io.cosmichub.gateway.web;

import io.cosmichub.gateway.access.Tokens;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.Map;

/** A request that is answered with a status and a sentence. */
final class Denied extends HttpResponseException {
  private static final long serialVersionUID = 1L;

  Denied(HttpStatus status, String reason) {
    super(status, reason, Map.of());
  }

  static Denied tooMany() {
    return new Denied(HttpStatus.TOO_MANY_REQUESTS, "too many requests; wait a second");
  }

  static Denied of(Tokens.Refused refused) {
    return new Denied(
        refused.unjudged() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.UNAUTHORIZED,
        String.valueOf(refused.getMessage()));
  }
}
