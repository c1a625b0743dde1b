package io.cosmichub.gateway;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A WebSocket client on a bare socket with a small buffer, which reads only when it is told to. */
final class RawClient implements AutoCloseable {
  private static final int SMALL_BUFFER = 4_096;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  private final Socket socket;

  private RawClient(Socket socket) {
    this.socket = socket;
  }

  /** Connects and sends the message, which is short. */
  static RawClient open(String address, String message) throws IOException {
    URI gateway = URI.create(address);
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
    OutputStream out = socket.getOutputStream();
    String upgrade =
        "GET /live HTTP/1.1\r\nHost: "
            + gateway.getAuthority()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    out.write(upgrade.getBytes(StandardCharsets.US_ASCII));
    byte[] text = message.getBytes(StandardCharsets.US_ASCII);
    out.write(TEXT);
    out.write(MASKED | text.length);
    out.write(new byte[4]); // a mask of zeros leaves the text as it is
    out.write(text);
    out.flush();
    return new RawClient(socket);
  }

  /** Reads all that has come, up to the frame that closes; its code. */
  int readToClose() throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    while (true) {
      int kind = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      if (length == TWO_BYTES) {
        length = in.readUnsignedShort();
      } else if (length == EIGHT_BYTES) {
        length = Math.toIntExact(in.readLong());
      }
      if (kind == CLOSE) {
        return in.readUnsignedShort();
      }
      in.skipNBytes(length);
    }
  }

  /** Whether the other side ends the connection, after what is still to be read. */
  boolean ends() throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
