package io.cosmichub.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Prometheus server would scrape: the samples of one or more endpoints at one moment. */
record Metrics(List<Sample> samples) {

  /** One line of the text format. */
  record Sample(String name, Map<String, String> labels, double value) {

    String label(String name) {
      return labels.getOrDefault(name, "");
    }
  }

  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)(?: -?\\d+)?");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * Scrapes endpoints of this machine; an endpoint that does not answer is an {@link
   * UncheckedIOException}.
   */
  static Metrics scrape(HttpClient client, Iterable<Integer> ports) {
    List<Sample> samples = new ArrayList<>();
    for (int port : ports) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
              .timeout(TIMEOUT)
              .build();
      try {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        response
            .body()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(Metrics::parse)
            .forEach(samples::add);
      } catch (IOException e) {
        throw new UncheckedIOException("no metrics on port " + port, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return new Metrics(samples);
  }

  /** The samples whose name ends so. */
  List<Sample> ending(String suffix) {
    return samples.stream().filter(sample -> sample.name.endsWith(suffix)).toList();
  }

  private static Sample parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("not a line of the Prometheus text format: " + line);
    }
    Map<String, String> labels = new LinkedHashMap<>();
    if (matcher.group(2) != null) {
      Matcher label = LABEL.matcher(matcher.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    return new Sample(matcher.group(1), labels, number(matcher.group(3)));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
