package io.cosmichub.gateway.web;

import io.cosmichub.gateway.access.Connections;
import io.cosmichub.gateway.access.Grant;
import io.cosmichub.gateway.access.Guard;
import io.cosmichub.gateway.access.Tokens;
import io.cosmichub.gateway.session.CloseCode;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.session.Session;
import io.cosmichub.gateway.settings.GatewayConfig.Limits;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /live}: who may open it is decided before the upgrade, by HTTP statuses 401, 403 and 503.
 * One connection too many is opened and closed with 1008, which a browser hears while it never
 * hears of a status; of others a {@link Session} takes care.
 */
final class LiveSocket {
  /** How the subprotocol begins that carries a ticket, which a browser asks for beside its own. */
  private static final String TICKET = "ticket.";

  private static final String GRANT = "cosmichub.grant";

  private final Guard guard;
  private final Connections connections;
  private final Hub hub;
  private final Limits limits;
  private final ScheduledExecutorService timer;
  private final BooleanSupplier ready;
  private final Map<String, Client> clients = new ConcurrentHashMap<>();

  private record Client(Session session, Grant grant, String address) {}

  LiveSocket(
      Guard guard, Hub hub, Limits limits, ScheduledExecutorService timer, BooleanSupplier ready) {
    this.guard = guard;
    this.connections = new Connections(limits);
    this.hub = hub;
    this.limits = limits;
    this.timer = timer;
    this.ready = ready;
  }

  void define(RoutesConfig routes) {
    routes.wsBeforeUpgrade("/live", this::admit);
    routes.ws("/live", this::handlers);
  }

  /** How many are connected. */
  int count() {
    return connections.count();
  }

  /** Keys and texts that wait for clients, in all. */
  int waiting() {
    return clients.values().stream().mapToInt(client -> client.session().waiting()).sum();
  }

  void tick(long now, long newest) {
    clients.values().forEach(client -> client.session().tick(now, newest));
  }

  void closeAll() {
    clients.values().forEach(client -> client.session().close(CloseCode.SHUTDOWN));
  }

  private void admit(Context context) {
    if (!guard.allowsOrigin(context.header("Origin"))) {
      throw new Denied(HttpStatus.FORBIDDEN, "this origin is not allowed");
    }
    Grant grant;
    try {
      String ticket = ticket(context.header("Sec-WebSocket-Protocol"));
      grant =
          ticket == null || guard.open()
              ? guard.bearer(context.header("Authorization"))
              : guard.ticket(ticket);
    } catch (Tokens.Refused e) {
      throw Denied.of(e);
    }
    if (!ready.getAsBoolean()) {
      throw new Denied(HttpStatus.SERVICE_UNAVAILABLE, "the topics are still being read");
    }
    context.attribute(GRANT, grant);
  }

  private void handlers(WsConfig socket) {
    socket.onConnect(this::connected);
    socket.onMessage(
        context -> {
          Client client = clients.get(context.sessionId());
          if (client != null) {
            client.session().received(context.message());
          }
        });
    socket.onBinaryMessage(
        context -> {
          Client client = clients.get(context.sessionId());
          if (client != null) {
            client.session().close(CloseCode.BINARY);
          }
        });
    socket.onClose(this::gone);
    socket.onError(
        context -> {
          // Jetty closes after this, with 1009 for a message that is too large.
        });
  }

  private void connected(WsConnectContext context) {
    Grant grant = context.attribute(GRANT);
    String address = address(context);
    SocketOutlet outlet = new SocketOutlet(context.session, timer);
    if (grant == null || !connections.enter(grant, address)) {
      outlet.close(CloseCode.CROWD.code(), CloseCode.CROWD.reason());
      return;
    }
    Session session = new Session(grant, hub, outlet, limits, System::nanoTime);
    clients.put(context.sessionId(), new Client(session, grant, address));
    session.opened();
  }

  private void gone(WsContext context) {
    Client client = clients.remove(context.sessionId());
    if (client != null) {
      connections.leave(client.grant(), client.address());
      client.session().gone();
    }
  }

  private static String address(WsContext context) {
    return context.session.getRemoteSocketAddress() instanceof java.net.InetSocketAddress remote
        ? remote.getAddress().getHostAddress()
        : "";
  }

  private static @Nullable String ticket(@Nullable String protocols) {
    return protocols == null
        ? null
        : Arrays.stream(protocols.split(",", -1))
            .map(String::trim)
            .filter(protocol -> protocol.startsWith(TICKET))
            .map(protocol -> protocol.substring(TICKET.length()))
            .findFirst()
            .orElse(null);
  }
}
