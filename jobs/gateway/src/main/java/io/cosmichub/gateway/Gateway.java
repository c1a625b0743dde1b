package io.cosmichub.gateway;

import io.cosmichub.gateway.feed.Feed;
import io.cosmichub.gateway.feed.Figures;
import io.cosmichub.gateway.feed.KafkaClients;
import io.cosmichub.gateway.feed.PipelineFigures;
import io.cosmichub.gateway.feed.Writer;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.settings.GatewayConfig;
import io.cosmichub.gateway.state.ChartMatches;
import io.cosmichub.gateway.state.Charts;
import io.cosmichub.gateway.state.LatestPairs;
import io.cosmichub.gateway.state.PairDirectory;
import io.cosmichub.gateway.web.Server;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Everything of one gateway, from the topics to the port. */
public final class Gateway implements AutoCloseable {
  private static final long LOOK_SECONDS = 2;

  private final GatewayConfig config;
  private final Clock clock;
  private final Hub hub;
  private final Writer writer;
  private final Feed pairs;
  private final Feed charts;
  private final List<Feed> others;
  private final Server server;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "gateway-pipeline-figures");
            thread.setDaemon(true);
            return thread;
          });

  public Gateway(GatewayConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    long bytes = config.limits().bytes();
    hub =
        new Hub(
            new LatestPairs(bytes), new Charts(bytes), new PairDirectory(config.limits().pairs()));
    KafkaClients clients = new KafkaClients(config.kafka());
    Figures figures = new Figures();
    writer = new Writer(clients, clock);
    pairs = Feed.pairs(clients, hub, config.kafka().catchUp(), clock, figures);
    charts = Feed.charts(clients, hub, clock);
    ChartMatches matches = new ChartMatches(bytes);
    others =
        List.of(
            Feed.trends(clients, hub, figures),
            Feed.patterns(clients, hub, figures),
            Feed.results(clients, hub, figures),
            Feed.matches(clients, matches.changes(), figures),
            Feed.scan(clients, matches.scan(), figures));
    server = new Server(config, hub, matches, writer, figures, this::ready, clock);
  }

  /** Starts to read and to listen; the address of the page. */
  public String start() {
    pairs.start();
    charts.start();
    others.forEach(Feed::start);
    String address = server.start();
    String page = config.pipelineMetrics();
    if (page != null) {
      Future<?> unused =
          looks.scheduleWithFixedDelay(
              new PipelineFigures(URI.create(page), hub, clock), 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }
    return address;
  }

  /** Whether what was on the topics at the start has been read. */
  public boolean ready() {
    return pairs.caughtUp() && charts.caughtUp();
  }

  @Override
  public void close() {
    looks.shutdownNow();
    server.close();
    pairs.close();
    charts.close();
    others.forEach(Feed::close);
    writer.close();
  }
}
