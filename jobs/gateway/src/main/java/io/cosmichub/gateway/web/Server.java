package io.cosmichub.gateway.web;

import io.cosmichub.gateway.access.Guard;
import io.cosmichub.gateway.feed.Figures;
import io.cosmichub.gateway.feed.Writer;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.settings.GatewayConfig;
import io.cosmichub.gateway.state.ChartMatches;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP and WebSocket on one port. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** A larger WebSocket message closes with 1009. */
  public static final int MOST_MESSAGE_BYTES = 8 * 1024;

  private static final long MOST_BODY_BYTES = 64 * 1024;
  private static final int THREADS = 32;
  private static final long TICK_MILLIS = 500;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final GatewayConfig config;
  private final Clock clock;
  private final BooleanSupplier ready;
  private final Figures figures;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "gateway-timer");
            thread.setDaemon(true);
            return thread;
          });
  private final LiveSocket live;
  private final Api api;
  private final CrossOrigin crossOrigin;
  private final Metrics metrics;
  private final Javalin javalin;
  private volatile Set<String> ownOrigins = Set.of();

  public Server(
      GatewayConfig config,
      Hub hub,
      ChartMatches matches,
      Writer writer,
      Figures figures,
      BooleanSupplier ready,
      Clock clock) {
    this.config = config;
    this.clock = clock;
    this.ready = ready;
    this.figures = figures;
    Guard guard = new Guard(config, clock, () -> ownOrigins);
    this.live = new LiveSocket(guard, hub, config.limits(), timer, ready);
    this.api = new Api(guard, hub, matches, writer, config);
    this.crossOrigin = new CrossOrigin(guard);
    this.metrics = new Metrics(hub, figures, live);
    this.javalin = Javalin.create(this::configure);
  }

  /** Listens; the address of the page. */
  public String start() {
    javalin.start(config.host(), config.port());
    String scheme = config.tls() == null ? "http" : "https";
    int port = javalin.port();
    Stream<String> names =
        config.loopback()
            ? Stream.of("127.0.0.1", "localhost", config.host())
            : Stream.of(config.host());
    ownOrigins =
        names.map(name -> Origins.of(scheme, name, port)).collect(Collectors.toUnmodifiableSet());
    Future<?> unused =
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return Origins.of(scheme, config.host(), port);
  }

  @Override
  public void close() {
    live.closeAll();
    javalin.stop();
    timer.shutdownNow();
  }

  private void tick() {
    try {
      live.tick(clock.millis(), figures.newest());
    } catch (RuntimeException e) {
      LOG.error("A look at the clients failed", e); // or there would be no other
    }
  }

  private void configure(JavalinConfig javalinConfig) {
    javalinConfig.startup.showJavalinBanner = false;
    javalinConfig.startup.showOldJavalinVersionWarning = false;
    javalinConfig.http.maxRequestSize = MOST_BODY_BYTES;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("gateway-web");
    threads.setDaemon(true);
    javalinConfig.jetty.threadPool = threads;
    javalinConfig.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    javalinConfig.jetty.modifyServletContextHandler(Server::keepNoHttpSessions);
    javalinConfig.jetty.modifyServletContextHandler(Server::compressNoMessages);
    javalinConfig.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setMaxTextMessageSize(MOST_MESSAGE_BYTES);
          factory.setMaxBinaryMessageSize(MOST_MESSAGE_BYTES);
          factory.setIdleTimeout(IDLE);
        });
    if (config.tls() != null) {
      javalinConfig.jetty.addConnector(this::tlsConnector);
    }
    routes(javalinConfig.routes);
  }

  /** Jetty makes an HTTP session with each upgrade, and would keep it for ever. */
  private static void keepNoHttpSessions(ServletContextHandler handler) {
    SessionHandler sessions = new SessionHandler();
    sessions.setUsingCookies(false);
    NullSessionCache none = new NullSessionCache(sessions);
    none.setSessionDataStore(new NullSessionDataStore());
    sessions.setSessionCache(none);
    handler.setSessionHandler(sessions);
  }

  /** A browser offers to, and Jetty would agree and keep a window for each connection. */
  private static void compressNoMessages(ServletContextHandler handler) {
    JettyWebSocketServletContainerInitializer.configure(
        handler,
        (context, container) ->
            WebSocketServerComponents.getWebSocketComponents(handler)
                .getExtensionRegistry()
                .unregister("permessage-deflate"));
  }

  private void routes(RoutesConfig routes) {
    routes.before(this::guardHost);
    routes.before(Page::headers);
    crossOrigin.define(routes);
    api.define(routes);
    live.define(routes);
    Page.define(routes);
    routes.get("/health/live", context -> context.result("alive\n"));
    routes.get("/health/ready", this::readiness);
    routes.get(
        "/metrics",
        context -> {
          api.grant(context);
          context.contentType(Metrics.CONTENT_TYPE).result(metrics.text());
        });
  }

  private void readiness(Context context) {
    boolean now = ready.getAsBoolean();
    context.status(now ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    context.result(now ? "ready\n" : "the topics are still being read\n");
  }

  /** Where everyone may do everything, a name that was made to point here is not this host. */
  private void guardHost(Context context) {
    String host = context.host();
    if (config.access() == GatewayConfig.Access.OPEN
        && (host == null || !ownOrigins.contains(Origins.ofHost(context.scheme(), host)))) {
      throw new Denied(HttpStatus.FORBIDDEN, "this gateway answers under its own address only");
    }
  }

  private Connector tlsConnector(
      org.eclipse.jetty.server.Server server, HttpConfiguration httpConfiguration) {
    GatewayConfig.Tls tls = Objects.requireNonNull(config.tls());
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setKeyStorePath(tls.keystore());
    factory.setKeyStoreType("PKCS12");
    factory.setKeyStorePassword(tls.password().value());
    factory.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    HttpConfiguration secure = new HttpConfiguration(httpConfiguration);
    secure.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(factory, "http/1.1"),
            new HttpConnectionFactory(secure));
    connector.setHost(config.host());
    connector.setPort(config.port());
    return connector;
  }
}
