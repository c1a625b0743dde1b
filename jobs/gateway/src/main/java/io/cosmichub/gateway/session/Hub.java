package io.cosmichub.gateway.session;

import io.cosmichub.gateway.state.Charts;
import io.cosmichub.gateway.state.LatestPairs;
import io.cosmichub.gateway.state.PairDirectory;
import io.cosmichub.gateway.state.PairRecord;
import io.cosmichub.gateway.state.PairState;
import io.cosmichub.pair.PairWatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Between the topics and the clients: what is known, and who follows what. Records of pairs that
 * nobody follows are kept unread. Thread-safe.
 */
public final class Hub {
  /*
   * No lock is held over all. A follower enters a topic first and reads the latest record then; the feed keeps a record first and looks for
   * followers then. So one of them sees the other, and where both do, the topic refuses the older state.
   */
  private final LatestPairs pairs;
  private final Charts charts;
  private final PairDirectory directory;
  private final Map<String, Topic> topics = new ConcurrentHashMap<>();
  private final Map<Key, Set<Session>> watchers = new ConcurrentHashMap<>();
  private final Map<String, Set<Session>> chartFollowers = new ConcurrentHashMap<>();
  private final Map<String, CohortNews> cohorts = new ConcurrentHashMap<>();
  private volatile @Nullable String pipeline;
  private volatile @Nullable String experiments;

  public Hub(LatestPairs pairs, Charts charts, PairDirectory directory) {
    this.pairs = pairs;
    this.charts = charts;
    this.directory = directory;
  }

  public LatestPairs pairs() {
    return pairs;
  }

  public Charts charts() {
    return charts;
  }

  public PairDirectory directory() {
    return directory;
  }

  /** A record of a pair has come; {@link IllegalArgumentException} if it cannot be read. */
  public void record(String pairId, PairRecord record) {
    pairs.put(pairId, record);
    Topic topic = topics.get(pairId);
    if (topic != null) {
      publish(topic, record.read());
    }
  }

  /**
   * What is kept has been read anew: those who follow a pair hear of it where it is news, and of
   * the end of a life that no record of the live topic told. Of the pairs that are named a life has
   * ended before what is kept of them, if anything is.
   */
  public void tellKept(Set<String> ended) {
    topics.forEach(
        (pairId, topic) -> {
          try {
            PairState state = pairs.find(pairId);
            if (ended.contains(pairId)) {
              tell(topic, topic.endBefore(state));
            }
            if (state != null) {
              publish(topic, state);
            }
          } catch (IllegalArgumentException e) {
            return; // its next record tells all
          }
        });
  }

  /** A chart is another one now, or gone. */
  public void chartChanged(String chartId) {
    mark(Key.positions(chartId));
  }

  /** A pair is watched; those who follow one of its charts follow it. */
  public void watched(PairWatch watch) {
    if (directory.put(watch)) {
      for (String chart : List.of(watch.chartA(), watch.chartB())) {
        chartFollowers
            .getOrDefault(chart, Set.of())
            .forEach(session -> session.pairOfChart(chart, watch.pairId()));
      }
    }
  }

  /** The figures of the pipeline are new. */
  public void pipeline(String json) {
    pipeline = json;
    mark(Key.PIPELINE);
  }

  /** What is known of the pipeline is too old to be told. */
  public void forgetPipeline() {
    pipeline = null;
  }

  /** Whether anyone follows the figures of the pipeline. */
  public boolean pipelineFollowed() {
    return watchers.containsKey(Key.PIPELINE);
  }

  public @Nullable String pipeline() {
    return pipeline;
  }

  /** The figures of a cohort are new. */
  public void trends(String cohort, String json) {
    tell(cohort, held -> held.withTrends(json));
  }

  /** What comes together in a cohort is new. */
  public void patterns(String cohort, String json) {
    tell(cohort, held -> held.withPatterns(json));
  }

  /** The message about a cohort, or null where nothing has been published of it. */
  public @Nullable String trends(String cohort) {
    CohortNews held = cohorts.get(cohort);
    return held == null ? null : held.message();
  }

  /** The cohorts of which something has been published. */
  public Set<String> cohorts() {
    return new TreeSet<>(cohorts.keySet());
  }

  /** Where the experiments stand is new. */
  public void experiments(String json) {
    experiments = json;
    mark(Key.EXPERIMENTS);
  }

  /** The message about all experiments. */
  public String experiments() {
    String held = experiments;
    return held == null ? Messages.noExperiments() : held;
  }

  /** How a pair stands, or null where that is not known. */
  public @Nullable PairState find(String pairId) {
    Topic topic = topics.get(pairId);
    PairState followed = topic == null ? null : topic.current();
    return followed != null ? followed : pairs.find(pairId);
  }

  /** Whether a pair stands, be it known how or not: it is watched, and both charts are there. */
  boolean stands(String pairId) {
    PairWatch watch = directory.find(pairId);
    return watch != null
        && charts.find(watch.chartA()) != null
        && charts.find(watch.chartB()) != null;
  }

  Topic follow(String pairId, Session session) {
    Topic topic =
        topics.compute(
            pairId,
            (id, held) -> {
              Topic entered = held == null ? new Topic() : held;
              entered.followers().add(session);
              return entered;
            });
    if (topic.current() == null) {
      PairState state = pairs.find(pairId);
      if (state != null) {
        publish(topic, state);
      }
    }
    return topic;
  }

  void leave(String pairId, Session session) {
    topics.computeIfPresent(
        pairId,
        (id, topic) -> {
          topic.followers().remove(session);
          return topic.followers().isEmpty() ? null : topic;
        });
  }

  void watch(Key key, Session session) {
    enter(watchers, key, session);
  }

  void unwatch(Key key, Session session) {
    leave(watchers, key, session);
  }

  void followChart(String chartId, Session session) {
    enter(chartFollowers, chartId, session);
  }

  void leaveChart(String chartId, Session session) {
    leave(chartFollowers, chartId, session);
  }

  /** Pairs that are followed. */
  public int followed() {
    return topics.size();
  }

  private void tell(String cohort, UnaryOperator<CohortNews> news) {
    cohorts.compute(
        cohort, (id, held) -> news.apply(held == null ? CohortNews.none(cohort) : held));
    mark(Key.trends(cohort));
  }

  private static void publish(Topic topic, PairState state) {
    tell(topic, topic.publish(state));
  }

  private static void tell(Topic topic, Topic.@Nullable Step step) {
    if (step != null) {
      topic.followers().forEach(session -> session.changed(step));
    }
  }

  private void mark(Key key) {
    watchers.getOrDefault(key, Set.of()).forEach(session -> session.changed(key));
  }

  private static <K> void enter(Map<K, Set<Session>> sets, K key, Session session) {
    sets.compute(
        key,
        (k, held) -> {
          Set<Session> sessions = held == null ? ConcurrentHashMap.newKeySet() : held;
          sessions.add(session);
          return sessions;
        });
  }

  private static <K> void leave(Map<K, Set<Session>> sets, K key, Session session) {
    sets.computeIfPresent(
        key,
        (k, sessions) -> {
          sessions.remove(session);
          return sessions.isEmpty() ? null : sessions;
        });
  }
}
