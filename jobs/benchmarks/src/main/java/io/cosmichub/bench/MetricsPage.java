package io.cosmichub.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the job says of itself in Prometheus' format. */
final class MetricsPage {

  private static final Pattern OPERATOR = Pattern.compile("operator_name=\"([^\"]*)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;

  MetricsPage(int port) {
    address = URI.create("http://127.0.0.1:" + port + "/metrics");
  }

  /**
   * The sum over all series whose name ends so and whose labels name one of the operators, if any.
   */
  double sum(String nameEnding, String... operators) throws IOException, InterruptedException {
    return series(nameEnding)
        .filter(line -> operators.length == 0 || Stream.of(operators).anyMatch(line::contains))
        .mapToDouble(MetricsPage::value)
        .sum();
  }

  /** By operator, the largest of its subtasks' values at a quantile, as Prometheus writes it. */
  Map<String, Double> quantiles(String nameEnding, String quantile)
      throws IOException, InterruptedException {
    return series(nameEnding)
        .filter(line -> line.contains("quantile=\"" + quantile + "\""))
        .collect(
            Collectors.toMap(
                MetricsPage::operator, MetricsPage::value, Math::max, LinkedHashMap::new));
  }

  private Stream<String> series(String nameEnding) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return text.lines().filter(line -> !line.startsWith("#") && line.contains(nameEnding + "{"));
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static String operator(String line) {
    Matcher name = OPERATOR.matcher(line);
    return name.find() ? name.group(1) : line;
  }
}
