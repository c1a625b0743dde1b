package io.cosmichub.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * What the jobs of this process say of themselves, read where it is. A page for Prometheus, asked
 * for several times a second, took a third of a processor from the job that it was to measure.
 */
public final class JobMetrics implements MetricReporter {

  private static final JobMetrics OF_PROCESS = new JobMetrics();
  private static final Pattern SEPARATORS = Pattern.compile("[^a-zA-Z0-9]");
  private static final String OPERATOR = "<operator_name>";

  private final Map<Metric, Name> names = new ConcurrentHashMap<>();

  /** Makes Flink report to the one of this process. */
  public static final class Factory implements MetricReporterFactory {

    /** For Flink. */
    public Factory() {}

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return OF_PROCESS;
    }
  }

  private record Name(String full, String operator) {}

  private JobMetrics() {}

  static JobMetrics ofProcess() {
    return OF_PROCESS;
  }

  /** The sum of counters and gauges whose name ends so, of all operators or of those named. */
  long sum(String nameEnding, String... operators) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().full().endsWith(nameEnding))
        .filter(
            entry ->
                operators.length == 0
                    || Stream.of(operators).anyMatch(entry.getValue().operator()::equals))
        .mapToLong(entry -> value(entry.getKey()))
        .sum();
  }

  /** By operator, the largest of its subtasks' values at a quantile. */
  Map<String, Double> quantiles(String nameEnding, double quantile) {
    Map<String, Double> quantiles = new LinkedHashMap<>();
    names.forEach(
        (metric, name) -> {
          if (name.full().endsWith(nameEnding) && metric instanceof Histogram histogram) {
            quantiles.merge(
                name.operator(), histogram.getStatistics().getQuantile(quantile), Math::max);
          }
        });
    return quantiles;
  }

  private static long value(Metric metric) {
    if (metric instanceof Counter counter) {
      return counter.getCount();
    }
    return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
        ? number.longValue()
        : 0;
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    names.put(
        metric,
        new Name(
            plain(group.getMetricIdentifier(name)),
            plain(group.getAllVariables().getOrDefault(OPERATOR, ""))));
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    names.remove(metric);
  }

  private static String plain(String name) {
    return SEPARATORS.matcher(name).replaceAll("_");
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}
}
