package io.cosmichub.gateway.web;

import io.cosmichub.gateway.access.Guard;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers that pages of the listed origins, and no others, may send a token to {@code /api}
 * and read the answers: without that, such a page gets no ticket for {@code /live}.
 */
final class CrossOrigin {
  private static final String API = "/api/*";
  private static final String REMEMBERED_SECONDS = "600";

  private final Guard guard;

  CrossOrigin(Guard guard) {
    this.guard = guard;
  }

  void define(RoutesConfig routes) {
    routes.before(API, this::answer);
    routes.options(API, this::mayAsk);
  }

  private void answer(Context context) {
    String origin = origin(context);
    context.header("Vary", "Origin");
    if (origin != null) {
      context.header("Access-Control-Allow-Origin", origin);
      context.header("Access-Control-Expose-Headers", "Retry-After");
    }
  }

  /** A browser asks first where a request has more than a form would have. */
  private void mayAsk(Context context) {
    if (origin(context) == null) {
      throw new Denied(HttpStatus.FORBIDDEN, "this origin is not allowed");
    }
    context.header("Access-Control-Allow-Methods", "GET, POST, PUT");
    context.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
    context.header("Access-Control-Max-Age", REMEMBERED_SECONDS);
    context.status(HttpStatus.NO_CONTENT);
  }

  /** The origin of the page that asks, where it is allowed. */
  private @Nullable String origin(Context context) {
    String origin = context.header("Origin");
    return origin != null && guard.allowsOrigin(origin) ? origin : null;
  }
}
