package io.cosmichub.gateway.feed;

import io.cosmichub.gateway.session.Hub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the job's Prometheus page now and then, and gives those who follow it what matters. */
public final class PipelineFigures implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineFigures.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String OURS = "cosmichub_";
  private static final Pattern LINE =
      Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})?\\s+(\\S+).*$");
  private static final Pattern QUANTILE = Pattern.compile("quantile=\"([\\d.]+)\"");
  private static final Pattern KERNEL = Pattern.compile("[{,]kernel=\"([^\"]+)\"");
  private static final Pattern OPERATOR = Pattern.compile("operator_name=\"([^\"]+)\"");
  private static final String CHOSEN = "kernel_chosen";
  private static final String AGE = "update_age_ms";
  private static final String UNREACHABLE = "{\"type\":\"pipeline\",\"reachable\":false}";
  private static final int OK = 200;

  private final URI page;
  private final Hub hub;
  private final Clock clock;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private boolean said;

  public PipelineFigures(URI page, Hub hub, Clock clock) {
    this.page = page;
    this.hub = hub;
    this.clock = clock;
  }

  @Override
  public void run() {
    if (!hub.pipelineFollowed()) {
      hub.forgetPipeline();
      return; // a page of thousands of lines: for no one, it is not read
    }
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(page).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString());
      hub.pipeline(answer.statusCode() == OK ? json(answer.body(), clock.instant()) : UNREACHABLE);
      said = false;
    } catch (IOException e) {
      LOG.debug("The page of the pipeline's figures does not answer", e);
      hub.pipeline(UNREACHABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) { // after which nobody would look again
      if (!said) { // until it has worked once more
        LOG.warn("What {} says is not understood, and is looked at again: {}", page, e.toString());
        said = true;
      }
      hub.pipeline(UNREACHABLE);
    }
  }

  /** Sums of counters over all subtasks, the largest of each quantile, the kernels in use. */
  static String json(String text, Instant at) {
    Map<String, Double> sums = new TreeMap<>();
    Map<String, Double> quantiles = new TreeMap<>();
    Set<String> kernels = new TreeSet<>();
    text.lines().forEach(line -> line(line, sums, quantiles, kernels));
    StringBuilder json = new StringBuilder("{\"type\":\"pipeline\",\"reachable\":true,");
    json.append("\"at\":\"").append(at).append("\",\"kernels\":[");
    kernels.forEach(name -> json.append('"').append(name).append("\","));
    trim(json).append("],\"sums\":{");
    append(sums, json).append("},\"quantiles\":{");
    return append(quantiles, json).append("}}").toString();
  }

  private static void line(
      String line, Map<String, Double> sums, Map<String, Double> quantiles, Set<String> kernels) {
    Matcher matcher = LINE.matcher(line);
    int at = line.indexOf(OURS);
    if (line.startsWith("#") || at < 0 || !matcher.matches() || at > matcher.end(1)) {
      return;
    }
    String name = matcher.group(1).substring(at + OURS.length());
    String labels = matcher.group(2) == null ? "" : "{" + matcher.group(2);
    double value = value(matcher.group(3));
    if (!Double.isFinite(value)) {
      return; // a subtask that has measured nothing yet
    }
    Matcher kernel = KERNEL.matcher(labels);
    if (name.equals(CHOSEN) && kernel.find()) {
      kernels.add(plain(kernel.group(1)));
    }
    Matcher quantile = QUANTILE.matcher(labels);
    Matcher operator = OPERATOR.matcher(labels);
    if (quantile.find()) {
      String of = name.equals(AGE) && operator.find() ? " " + plain(operator.group(1)) : "";
      quantiles.merge(name + of + " p" + quantile.group(1), value, Math::max);
    } else {
      sums.merge(name, value, Double::sum);
    }
  }

  /** The infinite, which Prometheus writes in a way of its own, is as good as no number here. */
  private static double value(String text) {
    return text.endsWith("Inf") ? Double.NaN : Double.parseDouble(text);
  }

  /** Nothing that would need an escape in JSON. */
  private static String plain(String label) {
    return label.replaceAll("[^\\w .:/-]", "?");
  }

  private static StringBuilder append(Map<String, Double> values, StringBuilder json) {
    values.forEach(
        (name, value) -> json.append('"').append(name).append("\":").append(value).append(','));
    return trim(json);
  }

  private static StringBuilder trim(StringBuilder json) {
    if (json.charAt(json.length() - 1) == ',') {
      json.setLength(json.length() - 1);
    }
    return json;
  }
}
