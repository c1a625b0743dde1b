package io.cosmichub.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that follows some pairs and never reads what it is sent. */
final class StalledClient implements AutoCloseable {

  private static final int SMALL_BUFFER = 4_096;
  private static final int MASKED = 0x80;
  private static final int TEXT = 0x81;
  private static final int TWO_BYTES = 126;

  private final Socket socket;

  private StalledClient(Socket socket) {
    this.socket = socket;
  }

  /** Connects to the port of this machine and sends the message. */
  static StalledClient open(int port, String message) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    OutputStream out = socket.getOutputStream();
    String upgrade =
        "GET /live HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    out.write(upgrade.getBytes(StandardCharsets.US_ASCII));
    // A text of less than 126 bytes would have a head of another form.
    byte[] text = (message + " ".repeat(TWO_BYTES)).getBytes(StandardCharsets.US_ASCII);
    out.write(TEXT);
    out.write(MASKED | TWO_BYTES);
    out.write(text.length >> 8);
    out.write(text.length);
    out.write(new byte[4]); // a mask of zeros leaves the text as it is
    out.write(text);
    out.flush();
    return new StalledClient(socket);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
