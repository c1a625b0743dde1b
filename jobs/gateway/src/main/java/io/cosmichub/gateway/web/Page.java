package io.cosmichub.gateway.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The page and the documents: a list of resources, and nothing beside it. */
final class Page {
  private static final String CONTENT_SECURITY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private record File(String path, String resource, String type) {
    static File page(String name, String type) {
      return new File("/" + name, "/io/cosmichub/gateway/page/" + name, type);
    }
  }

  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final String STYLE = "text/css;charset=utf-8";
  private static final List<File> FILES =
      List.of(
          new File("/", "/io/cosmichub/gateway/page/index.html", "text/html;charset=utf-8"),
          File.page("main.js", SCRIPT),
          File.page("connection.js", SCRIPT),
          File.page("words.js", SCRIPT),
          File.page("wheel.js", SCRIPT),
          File.page("pair.js", SCRIPT),
          File.page("score.js", SCRIPT),
          File.page("sky.js", SCRIPT),
          File.page("pipeline.js", SCRIPT),
          File.page("population.js", SCRIPT),
          File.page("patterns.js", SCRIPT),
          File.page("experiments.js", SCRIPT),
          File.page("send.js", SCRIPT),
          File.page("page.css", STYLE),
          File.page("icon.svg", "image/svg+xml"),
          new File("/uplot.js", UPLOT + "uPlot.iife.min.js", SCRIPT),
          new File("/uplot.css", UPLOT + "uPlot.min.css", STYLE),
          new File("/openapi.yaml", "/io/cosmichub/gateway/openapi.yaml", "application/yaml"),
          new File("/asyncapi.yaml", "/io/cosmichub/gateway/asyncapi.yaml", "application/yaml"));

  private Page() {}

  static void define(RoutesConfig routes) {
    for (File file : FILES) {
      byte[] bytes = read(file.resource());
      routes.get(
          file.path(),
          context ->
              context.contentType(file.type()).header("Cache-Control", "no-cache").result(bytes));
    }
  }

  static void headers(Context context) {
    context.header("Content-Security-Policy", CONTENT_SECURITY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  }

  private static byte[] read(String resource) {
    try (InputStream in = Page.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
