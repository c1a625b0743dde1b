package io.cosmichub.streaming.aspect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** A metric group that remembers what was registered, by its path. */
final class RecordedMetrics implements MetricGroup {

  private final String path;
  private final Map<String, Metric> metrics;

  RecordedMetrics() {
    this("", new ConcurrentHashMap<>());
  }

  private RecordedMetrics(String path, Map<String, Metric> metrics) {
    this.path = path;
    this.metrics = metrics;
  }

  /** The value of a counter or gauge, or how many values a histogram has seen. */
  long value(String name) {
    Metric metric = metrics.get(name);
    if (metric instanceof Counter counter) {
      return counter.getCount();
    }
    if (metric instanceof Histogram histogram) {
      return histogram.getCount();
    }
    if (metric instanceof Gauge<?> gauge) {
      return ((Number) gauge.getValue()).longValue();
    }
    throw new AssertionError("no " + name + " among " + metrics.keySet());
  }

  private <M extends Metric> M register(String name, M metric) {
    Metric before = metrics.put(path + name, metric);
    if (before != null) {
      throw new AssertionError(path + name + " is registered twice");
    }
    return metric;
  }

  @Override
  public Counter counter(String name) {
    return register(name, new SimpleCounter());
  }

  @Override
  public <C extends Counter> C counter(String name, C counter) {
    return register(name, counter);
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    return register(name, gauge);
  }

  @Override
  public <H extends Histogram> H histogram(String name, H histogram) {
    return register(name, histogram);
  }

  @Override
  public <M extends Meter> M meter(String name, M meter) {
    return register(name, meter);
  }

  @Override
  public MetricGroup addGroup(String name) {
    return new RecordedMetrics(path + name + ".", metrics);
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return addGroup(key).addGroup(value);
  }

  @Override
  public String[] getScopeComponents() {
    return path.split("\\.");
  }

  @Override
  public Map<String, String> getAllVariables() {
    return Map.of();
  }

  @Override
  public String getMetricIdentifier(String name) {
    return path + name;
  }

  @Override
  public String getMetricIdentifier(String name, CharacterFilter filter) {
    return path + name;
  }
}
