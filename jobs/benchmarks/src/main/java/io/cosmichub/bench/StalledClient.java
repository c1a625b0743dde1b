package io.cosmichub.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that follows some pairs and never reads what it is sent. */
final class StalledClient implements AutoCloseable {

  private static final int SMALL_BUFFER = 4_096;
  private static final int MASKED = 0x80;
  private static final int TEXT = 0x81;
  private static final int TWO_BYTES = 126;
  private static final int LOOK_MILLIS = 5_000;

  private final Socket socket;

  private StalledClient(Socket socket) {
    this.socket = socket;
  }

  static StalledClient open(String host, int port, int pairs) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.connect(new InetSocketAddress(host, port));
    OutputStream out = socket.getOutputStream();
    String upgrade =
        "GET /live HTTP/1.1\r\nHost: "
            + host
            + ":"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    out.write(upgrade.getBytes(StandardCharsets.US_ASCII));
    StringBuilder wanted = new StringBuilder("{\"type\":\"subscribe\",\"pairs\":[");
    for (int pair = 0; pair < pairs; pair++) {
      wanted.append(pair == 0 ? "" : ",").append("\"p").append(pair).append('"');
    }
    byte[] text = wanted.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
    out.write(TEXT);
    out.write(MASKED | TWO_BYTES);
    out.write(text.length >> 8);
    out.write(text.length);
    out.write(new byte[4]); // a mask of zeros leaves the text as it is
    out.write(text);
    out.flush();
    return new StalledClient(socket);
  }

  /** Reads what is left, and says whether the gateway had closed the connection. */
  boolean closed() throws IOException {
    socket.setSoTimeout(LOOK_MILLIS);
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[SMALL_BUFFER];
    try {
      long end = System.nanoTime() + LOOK_MILLIS * 1_000_000L;
      while (System.nanoTime() < end) {
        if (in.read(buffer) < 0) {
          return true;
        }
      }
      return false;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
