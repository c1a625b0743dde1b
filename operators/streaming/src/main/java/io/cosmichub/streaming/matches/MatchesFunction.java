package io.cosmichub.streaming.matches;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.Screen;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.ingest.Accounting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by cohort: gives a chart that is new or has changed its best matches among the others, soon
 * and no more often than once an interval; what an erased chart leaves behind is a tombstone, and
 * new lists for those whose lists named it. Lists of others stay as they were.
 */
public final class MatchesFunction extends KeyedProcessFunction<String, CohortChange, MatchList>
    implements ResultTypeQueryable<MatchList> {
  /*
   * A change costs a write and a place in the block of the kernel. Lists are computed by timers: one
   * timer looks at as many pairs as a few of the longest lists do, and the next one comes after a pause, so
   * that others pass, barriers among them, and the step never takes a core for itself. What is on the heap is told anew from the state when a cohort is first seen.
   */

  /** The counter of lists that were published. */
  public static final String LISTS = "matches_lists_out";

  /** The counter of lists that were computed again because a chart that they named was erased. */
  public static final String AGAIN = "matches_again";

  /** The gauge of charts that wait for their list. */
  public static final String WAITING = "matches_waiting";

  /** The gauge of charts that others are compared with. */
  public static final String CANDIDATES = "matches_candidates";

  private static final long serialVersionUID = 1L;
  private static final long END = Long.MAX_VALUE;
  private static final int PAGE = 256;
  private static final int LONGEST_LISTS = 4;
  private static final long PAUSE_MILLIS = 100;

  // Configuration.
  private final MatchConfig config;
  private final PolicySource policy;

  // Runtime.
  private transient @Nullable BatchKernel kernel;
  private transient MatchFinder finder;
  private transient Screen screen;
  private transient MapState<String, MatchedChart> charts;
  private transient MapState<String, PublishedMatches> published;
  private transient MapState<String, Long> waiting;
  private transient Map<String, CohortBoard> boards;
  private transient Counter lists;
  private transient Counter again;

  /** Publishes lists of scores by {@code policy}. */
  public MatchesFunction(MatchConfig config, PolicySource policy) {
    this.config = Objects.requireNonNull(config, "config");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public void open(OpenContext context) {
    BatchKernel opened = config.open(policy.policy());
    kernel = opened;
    finder = new MatchFinder(opened, config.best());
    screen = new Screen(opened.policy());
    charts = getRuntimeContext().getMapState(MatchStates.charts());
    published = getRuntimeContext().getMapState(MatchStates.published());
    waiting = getRuntimeContext().getMapState(MatchStates.waiting());
    boards = new HashMap<>();
    MetricGroup group = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    lists = group.counter(LISTS);
    again = group.counter(AGAIN);
    group.gauge(WAITING, () -> boards.values().stream().mapToInt(CohortBoard::waiting).sum());
    group.gauge(
        CANDIDATES,
        () -> boards.values().stream().mapToInt(board -> board.candidates().size()).sum());
  }

  @Override
  public void processElement(CohortChange change, Context context, Collector<MatchList> out)
      throws Exception {
    Longitudes now = change.longitudes();
    CohortBoard board = board(context.getCurrentKey());
    TimerService timers = context.timerService();
    long time = timers.currentProcessingTime();
    if (now == null) {
      erase(change.chartId(), board, context.getCurrentKey(), time, out);
    } else {
      charts.put(change.chartId(), new MatchedChart(change.revision(), now));
      Seat seat = board.put(change.chartId(), now);
      await(seat, board.afterChange(seat, time), board);
    }
    wake(board, timers);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<MatchList> out)
      throws Exception {
    CohortBoard board = board(context.getCurrentKey());
    boolean inputEnded = context.timeDomain() == TimeDomain.EVENT_TIME;
    long now = context.timerService().currentProcessingTime();
    board.woken(timestamp);
    int left = inputEnded ? Integer.MAX_VALUE : page(board.candidates().size());
    Seat first = board.first();
    boolean any = false;
    while (left > 0 && first != null && (inputEnded || board.earliest(first, now) <= now)) {
      out.collect(list(first, board, context.getCurrentKey(), now));
      any = true;
      left--;
      first = board.first();
    }
    if (any) {
      board.pause(now + PAUSE_MILLIS * Math.max(1, busy()));
    }
    wake(board, context.timerService());
  }

  /** In how many cohorts a chart waits: together they take no more of a core than one would. */
  private long busy() {
    return boards.values().stream().filter(board -> board.waiting() > 0).count();
  }

  /** How many lists are made at a time: no more pairs than a few of the longest lists take. */
  private int page(int candidates) {
    long pairs = (long) LONGEST_LISTS * config.candidates();
    return (int) Math.min(PAGE, pairs / Math.max(1, candidates));
  }

  private MatchList list(Seat seat, CohortBoard board, String cohort, long now) throws Exception {
    MatchedChart chart = charts.get(seat.id());
    Candidates among = board.candidates();
    List<Match> matches = finder.find(chart.longitudes(), seat.number(), among);
    List<String> ids = matches.stream().map(Match::chartId).toList();
    board.name(seat, named(seat.id()), ids);
    board.listed(seat, now);
    waiting.remove(seat.id());
    published.put(seat.id(), new PublishedMatches(now, ids));
    lists.inc();
    int compared = among.size() - (seat.number() == Seat.OUTSIDE ? 0 : 1);
    return new MatchList(seat.id(), chart.revision(), cohort, now, compared, matches);
  }

  private void erase(
      String id, CohortBoard board, String cohort, long now, Collector<MatchList> out)
      throws Exception {
    Seat seat = board.remove(id, other -> charts.get(other).longitudes());
    if (seat == null) {
      return;
    }
    charts.remove(id);
    waiting.remove(id);
    board.name(seat, named(id), List.of());
    if (seat.listedAt() != Seat.NEVER) {
      published.remove(id);
      out.collect(MatchList.erased(id, cohort, now));
    }
    for (Seat namer : seat.namers()) {
      again.inc();
      await(namer, board.afterErasure(namer), board);
    }
  }

  private List<String> named(String id) throws Exception {
    PublishedMatches last = published.get(id);
    return last == null ? List.of() : last.ids();
  }

  private void await(Seat seat, long due, CohortBoard board) throws Exception {
    if (board.await(seat, due)) {
      waiting.put(seat.id(), due);
    }
  }

  private CohortBoard board(String cohort) throws Exception {
    CohortBoard known = boards.get(cohort);
    if (known != null) {
      return known;
    }
    CohortBoard board = new CohortBoard(config, screen.empty());
    for (Map.Entry<String, MatchedChart> chart : charts.entries()) {
      board.put(chart.getKey(), chart.getValue().longitudes());
    }
    for (Map.Entry<String, PublishedMatches> list : published.entries()) {
      board.restore(list.getKey(), list.getValue());
    }
    for (Map.Entry<String, Long> due : waiting.entries()) {
      board.await(due.getKey(), due.getValue());
    }
    boards.put(cohort, board);
    return board;
  }

  /** At the end of the input, which no clock waits for, whatever is left is published. */
  private static void wake(CohortBoard board, TimerService timers) {
    Seat first = board.first();
    boolean endChanged = board.endChanged();
    if (first == null) {
      if (endChanged) {
        timers.deleteEventTimeTimer(END);
      }
      return;
    }
    if (endChanged) {
      timers.registerEventTimeTimer(END);
    }
    long at = board.earliest(first, timers.currentProcessingTime() + 1);
    if (board.wakes(at)) {
      timers.registerProcessingTimeTimer(at);
    }
  }

  @Override
  public void close() {
    if (kernel != null) {
      kernel.close();
    }
  }

  @Override
  public TypeInformation<MatchList> getProducedType() {
    return MatchList.TYPE;
  }
}
