package io.cosmichub.gateway.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cosmichub.gateway.access.Grant;
import io.cosmichub.gateway.access.Guard;
import io.cosmichub.gateway.access.Requests;
import io.cosmichub.gateway.access.Tokens;
import io.cosmichub.gateway.feed.Writer;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.session.Messages;
import io.cosmichub.gateway.settings.GatewayConfig;
import io.cosmichub.gateway.state.ChartMatches;
import io.cosmichub.gateway.state.PairState;
import io.cosmichub.pair.PairWatch;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked and told by plain HTTP. */
final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 500;
  private static final int USUAL = 50;

  private final Guard guard;
  private final Hub hub;
  private final ChartMatches matches;
  private final Writer writer;
  private final GatewayConfig config;
  private final BestMatches best;
  private final Requests requests;

  Api(Guard guard, Hub hub, ChartMatches matches, Writer writer, GatewayConfig config) {
    this.guard = guard;
    this.hub = hub;
    this.matches = matches;
    this.writer = writer;
    this.config = config;
    this.best = new BestMatches(hub, System::nanoTime);
    this.requests = new Requests(config.limits().requestsPerSecond(), System::nanoTime);
  }

  void define(RoutesConfig routes) {
    routes.get("/api/session", this::session);
    routes.post("/api/ticket", this::ticket);
    routes.get("/api/pairs", this::pairs);
    routes.get("/api/pairs/{id}", this::pair);
    routes.put("/api/pairs/{id}", context -> watch(context, context.pathParam("id")));
    routes.post("/api/pairs", context -> watch(context, idInBody(context, "pairId")));
    routes.get("/api/charts/{id}", this::chart);
    routes.get("/api/charts/{id}/best", this::matches);
    routes.put("/api/charts/{id}", context -> update(context, context.pathParam("id")));
    routes.post("/api/charts", context -> update(context, idInBody(context, "chartId")));
    routes.get("/api/best", this::best);
    routes.get("/api/trends", this::cohorts);
    routes.get("/api/trends/{cohort}", this::trends);
    routes.get("/api/experiments", this::experiments);
  }

  private void session(Context context) {
    Grant grant = grant(context);
    ObjectNode answer = JSON.createObjectNode();
    answer.put("user", grant.user()).put("write", grant.write()).put("open", guard.open());
    answer.put("experiments", grant.experiments());
    answer.put("pipeline", config.pipelineMetrics() != null).put("flinkPage", config.flinkPage());
    json(context, answer.toString());
  }

  private void ticket(Context context) {
    allowOrigin(context);
    Grant grant = grant(context);
    json(context, JSON.createObjectNode().put("ticket", guard.issueTicket(grant)).toString());
  }

  private void pairs(Context context) {
    Grant grant = grant(context);
    String text = context.queryParam("contains");
    List<PairWatch> found =
        hub.directory()
            .search(
                text == null ? "" : text,
                limit(context),
                watch -> grant.pairs().allow(watch.pairId()));
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("pairs");
    found.forEach(
        watch ->
            list.addObject()
                .put("id", watch.pairId())
                .put("chartA", watch.chartA())
                .put("chartB", watch.chartB()));
    answer.put("known", hub.directory().size());
    json(context, answer.toString());
  }

  private void pair(Context context) {
    String id = context.pathParam("id");
    require(grant(context).pairs().allow(id));
    PairState state = hub.find(id);
    if (state == null || state.ended()) {
      throw new Denied(HttpStatus.NOT_FOUND, "nothing is known of this pair");
    }
    json(context, Messages.snapshot(state));
  }

  private void chart(Context context) {
    String id = context.pathParam("id");
    require(grant(context).charts().allow(id));
    var chart = hub.charts().find(id);
    if (chart == null) {
      throw new Denied(HttpStatus.NOT_FOUND, "nothing is known of this chart");
    }
    json(context, Messages.positions(id, chart));
  }

  private void best(Context context) {
    Grant grant = grant(context);
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("pairs");
    best.find(limit(context), grant.pairs()::allow)
        .forEach(
            match ->
                list.addObject()
                    .put("id", match.pairId())
                    .put("overall", match.overall())
                    .put("model", match.model()));
    json(context, answer.toString());
  }

  private void matches(Context context) {
    String id = context.pathParam("id");
    Grant grant = grant(context);
    require(grant.charts().allow(id));
    String cohort = context.queryParam("cohort");
    ObjectNode list = matches.find(id, cohort == null ? "everyone" : cohort, grant.charts()::allow);
    if (list == null) {
      throw new Denied(HttpStatus.NOT_FOUND, "no matches of this chart are known");
    }
    json(context, list.toString());
  }

  private void cohorts(Context context) {
    grant(context);
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("cohorts");
    hub.cohorts().forEach(list::add);
    json(context, answer.toString());
  }

  private void trends(Context context) {
    grant(context);
    String trends = hub.trends(context.pathParam("cohort"));
    if (trends == null) {
      throw new Denied(HttpStatus.NOT_FOUND, "nothing has been published of this cohort");
    }
    json(context, trends);
  }

  private void experiments(Context context) {
    require(grant(context).experiments());
    json(context, hub.experiments());
  }

  /** Sent again it changes nothing: a chart has its revision, and a watch is one or is not. */
  private void update(Context context, String id) {
    Grant grant = writing(context);
    require(id.isEmpty() || grant.charts().allow(id));
    answer(context, writer.chart(id, context.bodyAsBytes()));
  }

  private void watch(Context context, String id) {
    Grant grant = writing(context);
    require(id.isEmpty() || grant.pairs().allow(id));
    answer(context, writer.watch(id, context.bodyAsBytes(), grant.charts()::allow));
  }

  /** Empty where there is none, which the contract refuses with its reason. */
  private static String idInBody(Context context, String name) {
    try {
      return JSON.readTree(context.bodyAsBytes()).path(name).asText();
    } catch (IOException e) {
      LOG.debug("A body is not JSON", e);
      return "";
    }
  }

  private void answer(Context context, @Nullable CompletableFuture<Writer.Outcome> outcome) {
    if (outcome == null) {
      throw new Denied(HttpStatus.FORBIDDEN, "the token does not allow this");
    }
    context.future(
        () ->
            outcome.handle(
                (told, failed) -> {
                  ObjectNode answer = JSON.createObjectNode();
                  if (failed != null) {
                    context.status(HttpStatus.SERVICE_UNAVAILABLE);
                    answer.put("reason", "Kafka does not take it; it may be there nevertheless");
                  } else if (told.code() != null) {
                    context.status(HttpStatus.BAD_REQUEST);
                    answer.put("code", told.code().name()).put("reason", told.words());
                  } else {
                    context.status(HttpStatus.ACCEPTED);
                    answer.put("topic", told.words());
                  }
                  json(context, answer.toString());
                  return null;
                }));
  }

  private Grant writing(Context context) {
    allowOrigin(context);
    Grant grant = grant(context);
    require(grant.write());
    String type = context.contentType();
    if (type == null || !type.startsWith("application/json")) {
      throw new Denied(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json");
    }
    return grant;
  }

  private void allowOrigin(Context context) {
    if (!guard.allowsOrigin(context.header("Origin"))) {
      throw new Denied(HttpStatus.FORBIDDEN, "this origin is not allowed");
    }
  }

  /** Who asks, where they may and do not ask too often. */
  Grant grant(Context context) {
    Grant grant;
    try {
      grant = guard.bearer(context.header("Authorization"));
    } catch (Tokens.Refused e) {
      limit(context, requests.allows(context.ip()));
      throw Denied.of(e);
    }
    limit(context, requests.allows(grant, context.ip()));
    return grant;
  }

  private static void limit(Context context, boolean allowed) {
    if (!allowed) {
      context.header("Retry-After", "1");
      throw Denied.tooMany();
    }
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw new Denied(HttpStatus.FORBIDDEN, "the token does not allow this");
    }
  }

  private static int limit(Context context) {
    String text = context.queryParam("limit");
    try {
      return text == null ? USUAL : Math.max(1, Math.min(MOST, Integer.parseInt(text)));
    } catch (NumberFormatException e) {
      throw new Denied(HttpStatus.BAD_REQUEST, "limit is not a whole number");
    }
  }

  private static void json(Context context, String json) {
    context.contentType("application/json").header("Cache-Control", "no-store").result(json);
  }
}
