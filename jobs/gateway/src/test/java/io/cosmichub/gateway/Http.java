package io.cosmichub.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Plain HTTP to a gateway; what is asked and answered is held against the document. */
final class Http {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;

  Http(String address) {
    this.address = address;
  }

  HttpResponse<String> get(String path) {
    return ask("GET", path, null, null);
  }

  HttpResponse<String> post(String path) {
    return ask("POST", path, null, null);
  }

  HttpResponse<String> post(String path, String json) {
    return ask("POST", path, null, json);
  }

  HttpResponse<String> put(String path, String json) {
    return ask("PUT", path, null, json);
  }

  HttpResponse<String> ask(
      String method, String path, @Nullable String token, @Nullable String json) {
    return askWith(token == null ? new String[0] : bearer(token), method, path, json);
  }

  /** The headers are names and values in turn. */
  HttpResponse<String> askWith(
      String[] headers, String method, String path, @Nullable String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(
                method,
                json == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer = send(request.build());
    if (!path.endsWith(".yaml")) {
      Documents.check(method, path, json, answer.statusCode(), answer.body());
    }
    return answer;
  }

  /** What a browser asks before it sends such a request of a page of that origin. */
  HttpResponse<String> preflight(String path, String origin, String method, String headers) {
    return send(
        HttpRequest.newBuilder(URI.create(address + path))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method)
            .header("Access-Control-Request-Headers", headers)
            .build());
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
