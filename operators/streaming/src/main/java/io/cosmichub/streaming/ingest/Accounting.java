package io.cosmichub.streaming.ingest;

import io.cosmichub.chart.Outcome;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts the fate of every input record, by topic: {@code cosmichub.topic.<topic>.records_read}
 * where it is decoded, and {@code cosmichub.topic.<topic>.outcome.<outcome>.records} where it is
 * settled. The outcomes are {@code applied}, {@code stale}, {@code duplicate}, {@code conflict} and
 * {@code dead_lettered}; over all steps they add up to the records read. Of one task thread.
 */
public final class Accounting {

  /** The metric group of everything that these steps count. */
  public static final String GROUP = "cosmichub";

  /** The label that names the input topic. */
  public static final String TOPIC = "topic";

  /** The label that names the outcome. */
  public static final String OUTCOME = "outcome";

  /** The counter of records read, by topic. */
  public static final String RECORDS_READ = "records_read";

  /** The counter of records settled, by topic and outcome. */
  public static final String RECORDS = "records";

  /** The outcome of a malformed record; the others are those of {@link #label}. */
  public static final String DEAD_LETTERED = "dead_lettered";

  private final MetricGroup group;
  private final Map<String, Topic> topics = new HashMap<>();

  /** Counts in the group of an operator. */
  public Accounting(MetricGroup operator) {
    this.group = operator.addGroup(GROUP);
  }

  /** How an outcome is named in the label {@link #OUTCOME}. */
  public static String label(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /** Counts a record of {@code topic} as read. */
  public void read(String topic) {
    of(topic).read().inc();
  }

  /** Counts a record of {@code topic} as malformed. */
  public void deadLettered(String topic) {
    of(topic).deadLettered().inc();
  }

  /** Counts a well-formed record of {@code topic} as settled. */
  public void settled(String topic, Outcome outcome) {
    of(topic).settled(outcome).inc();
  }

  private Topic of(String topic) {
    return topics.computeIfAbsent(topic, name -> new Topic(group.addGroup(TOPIC, name)));
  }

  /** The counters of one topic, each registered when it first counts. */
  private static final class Topic {

    private final MetricGroup group;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, Counter> others = new HashMap<>();

    Topic(MetricGroup group) {
      this.group = group;
    }

    Counter read() {
      return others.computeIfAbsent(RECORDS_READ, group::counter);
    }

    Counter deadLettered() {
      return others.computeIfAbsent(DEAD_LETTERED, this::outcome);
    }

    Counter settled(Outcome outcome) {
      return outcomes.computeIfAbsent(outcome, o -> outcome(label(o)));
    }

    private Counter outcome(String label) {
      return group.addGroup(OUTCOME, label).counter(RECORDS);
    }
  }
}
