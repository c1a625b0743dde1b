package io.cosmichub.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

/** What the job says of itself in Prometheus' format. */
final class MetricsPage {

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;

  MetricsPage(int port) {
    address = URI.create("http://127.0.0.1:" + port + "/metrics");
  }

  /**
   * The sum over all series whose name ends so and whose labels name one of the operators, if any.
   */
  double sum(String nameEnding, String... operators) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return text.lines()
        .filter(line -> !line.startsWith("#") && line.contains(nameEnding + "{"))
        .filter(line -> operators.length == 0 || Stream.of(operators).anyMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
