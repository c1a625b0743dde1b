package io.cosmichub.gateway.web;

import io.cosmichub.gateway.feed.Figures;
import io.cosmichub.gateway.session.Hub;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleSupplier;

/** The gateway's own figures for Prometheus. */
final class Metrics {
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final PrometheusRegistry registry = new PrometheusRegistry();

  Metrics(Hub hub, Figures figures, LiveSocket live) {
    counter("live_records", "Live records read.", figures::records);
    counter("live_records_unreadable", "Records that could not be read.", figures::unreadable);
    gauge("connections", "Clients that are connected.", live::count);
    gauge("waiting", "Keys and texts that wait for clients.", live::waiting);
    gauge("pairs_followed", "Pairs that someone follows.", hub::followed);
    gauge("pairs_kept", "Pairs whose latest record is kept.", () -> hub.pairs().size());
    gauge("pairs_watched", "Pairs whose charts are known.", () -> hub.directory().size());
    gauge(
        "newest_record_seconds",
        "When Kafka had the newest live record, in seconds since 1970.",
        () -> figures.newest() / 1e3);
  }

  String text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name("cosmichub_gateway_" + name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name("cosmichub_gateway_" + name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }
}
