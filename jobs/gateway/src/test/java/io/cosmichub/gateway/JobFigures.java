package io.cosmichub.gateway;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** A Prometheus page like that of a job at work: each look finds more pairs computed. */
final class JobFigures implements AutoCloseable {
  /** By so many each look finds more. */
  static final int MORE_PAIRS = 2_709;

  private static final String OURS = "flink_taskmanager_job_task_operator_cosmichub_";

  private final HttpServer server;
  private final AtomicLong pairs = new AtomicLong(12_000);
  private volatile boolean away;

  private JobFigures(HttpServer server) {
    this.server = server;
  }

  static JobFigures start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    JobFigures figures = new JobFigures(server);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] text = figures.text().getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(figures.away ? 503 : 200, text.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(text);
          }
        });
    server.start();
    return figures;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
  }

  /** Whether it answers with no figures, as where a proxy finds no job behind it. */
  void away(boolean now) {
    away = now;
  }

  private String text() {
    double computed = (double) pairs.addAndGet(MORE_PAIRS);
    StringBuilder text = new StringBuilder();
    line(text, "pairs_recomputed", "subtask_index=\"0\"", computed);
    line(text, "deltas_out", "subtask_index=\"0\"", computed - 150);
    line(text, "hot_state_hits", "subtask_index=\"0\"", 9 * computed);
    line(text, "hot_state_misses", "subtask_index=\"0\"", computed);
    line(text, "kernel_chosen", "kernel=\"vector\"", 1);
    line(text, "update_to_live_ms", "quantile=\"0.5\"", 9);
    line(text, "update_to_live_ms", "quantile=\"0.99\"", 98);
    for (String step : new String[] {"chart-fan-out", "pair-charts", "pair-aspects"}) {
      String name = "operator_name=\"" + step + "\",";
      line(text, "update_age_ms", name + "quantile=\"0.5\"", step.length() - 7);
      line(text, "update_age_ms", name + "quantile=\"0.99\"", 5 * step.length());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String labels, double value) {
    text.append(OURS).append(name).append('{').append(labels).append(",} ").append(value);
    text.append('\n');
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
