package io.cosmichub.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** What is measured of one gateway that runs: the runs with many clients, then those who leave. */
final class GatewayRuns {

  private static final String ALL_READ = "all read";
  private static final String ONE_DOES_NOT = "one does not";
  private static final String TO_PAGE = "to Chromium";
  private static final String BESIDE_PAGE = "the same, Java";

  /** As many as the page may follow at once; each then changes four times a second. */
  private static final int ON_PAGE = 250;

  private static final int PAGE_WARM_UP_SECONDS = 5;
  private static final double KIBI = 1_024;
  private static final int WARM_UPS = 1_000;
  private static final long SETTLE_MILLIS = 1_500;

  private final GatewayProcess process;
  private final LiveRecords records;
  private final GatewayLoad load;
  private final GatewayFigures figures;
  private final PrintStream out;

  GatewayRuns(
      GatewayProcess process,
      LiveRecords records,
      GatewayLoad load,
      GatewayFigures figures,
      PrintStream out) {
    this.process = process;
    this.records = records;
    this.load = load;
    this.figures = figures;
    this.out = out;
  }

  /** All clients at once: alone, beside one that does not read, and if asked beside a page. */
  void together(int rounds, boolean browser) throws Exception {
    try (GatewayClients all = clients()) {
      long began = System.nanoTime();
      all.connect(load.clients());
      records.each();
      all.awaitStates();
      out.printf(
          Locale.ROOT,
          "%,d clients hold the states of %d of %,d pairs each after %.1f s%n",
          load.clients(),
          load.subscriptions(),
          records.pairs(),
          (System.nanoTime() - began) / 1e9);
      run("warm-up", all);
      figures.runs().clear();
      figures.singles().put("heap with all clients, MiB", process.heap() / KIBI / KIBI);
      for (int round = 1; round <= rounds; round++) {
        run(ALL_READ, all);
        beside(all, round);
        if (browser) {
          toPage(all, round);
        }
      }
      figures
          .singles()
          .put(
              "p99 " + ONE_DOES_NOT + ", %",
              100 * (figures.p99(ONE_DOES_NOT) / figures.p99(ALL_READ) - 1));
    }
    process.await("connections", open -> open == 0);
  }

  /** The same with one more client, once what it was sent has filled all that lies between. */
  private void beside(GatewayClients all, int round) throws Exception {
    long before = process.heap();
    try (StalledClient stalled =
        StalledClient.open(
            process.port(), GatewayClients.subscribe(0, load.subscriptions(), records.pairs()))) {
      do {
        records.drive(load.rate(), 1, load.subscriptions());
        Thread.sleep(SETTLE_MILLIS);
      } while (process.figure("waiting") == 0);
      run(ONE_DOES_NOT, all);
      figures
          .singles()
          .put("heap for one that does not read, KiB, " + round, (process.heap() - before) / KIBI);
    }
    process.await("connections", open -> open == load.clients());
  }

  /** The same records to a page, and to those of the clients that follow their pairs. */
  private void toPage(GatewayClients all, int round) throws Exception {
    int pairs = Math.min(ON_PAGE, records.pairs());
    List<String> ids = IntStream.range(0, pairs).mapToObj(LiveRecords::id).toList();
    try (BrowserClient chromium = BrowserClient.open(process.page(), ids)) {
      records.driveAll(load.rate(), PAGE_WARM_UP_SECONDS, pairs, new ConcurrentHashMap<>());
      Thread.sleep(SETTLE_MILLIS);
      chromium.take(Map.of());
      all.take();
      Map<Long, Long> createdAt = new ConcurrentHashMap<>();
      double perSecond = records.driveAll(load.rate(), load.seconds(), pairs, createdAt);
      Thread.sleep(SETTLE_MILLIS);
      Histogram came = chromium.take(createdAt);
      add(TO_PAGE, perSecond, came);
      add(BESIDE_PAGE, perSecond, all.take());
      figures
          .singles()
          .put(
              "records that came to Chromium as messages of their own, %, " + round,
              100.0 * came.getTotalCount() / createdAt.size());
    }
    process.await("connections", open -> open == load.clients());
  }

  /** What is left on the heap after so many clients. */
  void comeAndGo(int connects) throws Exception {
    try (GatewayClients some = clients()) {
      some.comeAndGo(WARM_UPS);
      process.await("connections", open -> open == 0);
      long before = process.heap();
      figures.singles().put("heap without clients, MiB", before / KIBI / KIBI);
      long began = System.nanoTime();
      some.comeAndGo(connects);
      process.await("connections", open -> open == 0);
      double took = (System.nanoTime() - began) / 1e9;
      out.printf(Locale.ROOT, "%,d came and went in %.1f s%n", connects, took);
      figures
          .singles()
          .put("heap after " + connects + " came and went, KiB", (process.heap() - before) / KIBI);
    }
  }

  private GatewayClients clients() {
    return new GatewayClients(process.live(), load.subscriptions(), records.pairs());
  }

  private void run(String name, GatewayClients all) throws InterruptedException {
    Thread.sleep(SETTLE_MILLIS);
    all.take();
    double perSecond = records.drive(load.rate(), load.seconds(), load.subscriptions());
    Thread.sleep(SETTLE_MILLIS);
    add(name, perSecond, all.take());
  }

  private void add(String name, double perSecond, Histogram micros) {
    GatewayFigures.Run run = GatewayFigures.Run.of(name, perSecond, micros);
    figures.runs().add(run);
    out.printf(
        Locale.ROOT,
        "%-14s %,.0f records/s, %,d deltas: p50 %.1f, p99 %.1f ms%n",
        name,
        run.recordsPerSecond(),
        run.deltas(),
        run.p50(),
        run.p99());
  }
}
