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
  private static final String SHORT = "short, ";
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

  /**
   * All clients at once: alone, beside one that does not read, and if asked beside a page; then the
   * first two compared in so many pairs of shorter runs.
   */
  void together(int rounds, boolean browser, int compared, int comparedSeconds) throws Exception {
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
      run("warm-up", all, load.seconds());
      figures.runs().clear();
      figures.singles().put("heap with all clients, MiB", process.heap() / KIBI / KIBI);
      for (int round = 1; round <= rounds; round++) {
        run(ALL_READ, all, load.seconds());
        oneMore(all, round);
        if (browser) {
          toPage(all, round);
        }
      }
      figures
          .singles()
          .put(
              "p99 " + ONE_DOES_NOT + ", %",
              100 * (figures.p99(ONE_DOES_NOT) / figures.p99(ALL_READ) - 1));
      if (compared > 0) {
        compare(all, compared, comparedSeconds);
      }
    }
    process.await("connections", open -> open == 0);
  }

  /** The same with one more client that does not read, and what it takes of the heap. */
  private void oneMore(GatewayClients all, int round) throws Exception {
    long before = process.heap();
    beside(
        () -> {
          run(ONE_DOES_NOT, all, load.seconds());
          figures
              .singles()
              .put(
                  "heap for one that does not read, KiB, " + round,
                  (process.heap() - before) / KIBI);
        });
  }

  /**
   * Many short runs in pairs, with one more client that does not read and without, each of the two
   * first in turn, so that what changes from pair to pair is in neither.
   */
  private void compare(GatewayClients all, int pairs, int seconds) throws Exception {
    for (int pair = 0; pair < pairs; pair++) {
      boolean alone = pair % 2 == 0;
      if (alone) {
        run(SHORT + ALL_READ, all, seconds);
      }
      beside(() -> run(SHORT + ONE_DOES_NOT, all, seconds));
      if (!alone) {
        run(SHORT + ALL_READ, all, seconds);
      }
    }
    PairedDifferences differences = figures.differences(SHORT + ALL_READ, SHORT + ONE_DOES_NOT);
    String name = "p99 " + SHORT + ONE_DOES_NOT + ", " + pairs + " paired differences, %, ";
    figures.singles().put(name + "median", differences.median());
    figures.singles().put(name + "from", differences.low());
    figures.singles().put(name + "to", differences.high());
  }

  private interface Measured {
    void run() throws Exception;
  }

  /** Beside one more client, once what it was sent has filled all that lies between. */
  private void beside(Measured measured) throws Exception {
    try (StalledClient stalled =
        StalledClient.open(
            process.port(), GatewayClients.subscribe(0, load.subscriptions(), records.pairs()))) {
      do {
        records.drive(load.rate(), 1, load.subscriptions());
        Thread.sleep(SETTLE_MILLIS);
      } while (process.figure("waiting") == 0);
      measured.run();
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

  private void run(String name, GatewayClients all, int seconds) throws InterruptedException {
    Thread.sleep(SETTLE_MILLIS);
    all.take();
    double perSecond = records.drive(load.rate(), seconds, load.subscriptions());
    Thread.sleep(SETTLE_MILLIS);
    add(name, perSecond, all.take());
  }

  private void add(String name, double perSecond, Histogram micros) {
    GatewayFigures.Run run = GatewayFigures.Run.of(name, perSecond, micros);
    figures.runs().add(run);
    out.printf(
        Locale.ROOT,
        "%-19s %,.0f records/s, %,d deltas: p50 %.1f, p99 %.1f ms%n",
        name,
        run.recordsPerSecond(),
        run.deltas(),
        run.p50(),
        run.p99());
  }
}
