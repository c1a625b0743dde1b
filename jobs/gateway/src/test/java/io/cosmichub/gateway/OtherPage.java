package io.cosmichub.gateway;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.openqa.selenium.chrome.ChromeDriver;

/** An application's own page, which is not the gateway's and has another origin. */
final class OtherPage implements AutoCloseable {
  private static final byte[] HTML =
      "<!doctype html><title>Another page</title>".getBytes(StandardCharsets.UTF_8);

  /** As the guide tells browsers to: a ticket for the token, and the ticket for a WebSocket. */
  private static final String FOLLOW =
      "const [gateway, token, pair, done] = arguments;"
          + "fetch(gateway + '/api/ticket', {method: 'POST', headers: {Authorization: 'Bearer ' + token}})"
          + "  .then((answer) => answer.json()).then(({ticket}) => {"
          + "    const url = gateway.replace('http', 'ws') + '/live';"
          + "    const live = new WebSocket(url, ['cosmichub.v1', 'ticket.' + ticket]);"
          + "    live.onopen = () => live.send(JSON.stringify({type: 'subscribe', pairs: [pair]}));"
          + "    live.onmessage = ({data}) => { const {type} = JSON.parse(data);"
          + "      if (type === 'snapshot') { done(type); live.close(); } };"
          + "    live.onerror = () => done('no connection');"
          + "  }, (problem) => done('no ticket: ' + problem.name));";

  private final HttpServer server;

  private OtherPage(HttpServer server) {
    this.server = server;
  }

  static OtherPage start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, HTML.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(HTML);
          }
        });
    server.start();
    return new OtherPage(server);
  }

  String origin() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** What its script comes to when it follows a pair: the type of what it is told, or why not. */
  String follow(ChromeDriver browser, String gateway, String token, String pair) {
    return Objects.toString(browser.executeAsyncScript(FOLLOW, gateway, token, pair));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
