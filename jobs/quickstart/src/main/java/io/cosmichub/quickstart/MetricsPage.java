package io.cosmichub.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What the Prometheus endpoint says at one moment, in its text format. */
final class MetricsPage {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final String text;

  MetricsPage(String text) {
    this.text = text;
  }

  /** Reads the page. */
  static MetricsPage read(HttpClient client, URI address) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(address).timeout(TIMEOUT).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(address + " answered " + answer.statusCode());
    }
    return new MetricsPage(answer.body());
  }

  /** The sum over all series whose name ends so and that carry all of the labels. */
  double sum(String nameEnding, Label... labels) {
    return values(nameEnding, labels).sum();
  }

  /**
   * The largest of all series whose name ends so and that carry all of the labels; 0 without one.
   */
  double max(String nameEnding, Label... labels) {
    return values(nameEnding, labels).filter(value -> !Double.isNaN(value)).max().orElse(0);
  }

  /** A label and its value. */
  record Label(String name, String value) {

    private boolean in(String line) {
      return line.contains(name + "=\"" + value + "\"");
    }
  }

  private DoubleStream values(String nameEnding, Label... labels) {
    return text.lines()
        .filter(line -> name(line).endsWith(nameEnding))
        .filter(line -> Stream.of(labels).allMatch(label -> label.in(line)))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
  }

  private static String name(String line) {
    if (line.startsWith("#")) {
      return "";
    }
    int end = line.indexOf('{');
    return end < 0 ? line.substring(0, Math.max(0, line.indexOf(' '))) : line.substring(0, end);
  }
}
