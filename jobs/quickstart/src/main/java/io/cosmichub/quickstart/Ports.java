package io.cosmichub.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands out the ports of one process, none twice, none that another process listens on. */
final class Ports {

  /** The port to use, and what to tell the user if it is not the one that they would expect. */
  record Choice(int port, @Nullable String note) {}

  private final Set<Integer> chosen = new HashSet<>();

  /**
   * The port that was asked for (0: any free one), or else the usual one, or else the next free one
   * above it.
   *
   * @throws UsageException if the port that was asked for is taken
   */
  Choice choose(String owner, String option, @Nullable Integer asked, int usual)
      throws IOException {
    if (asked != null && asked == 0) {
      return take(free(), null);
    }
    if (asked != null) {
      if (taken(asked)) {
        throw new UsageException(
            "port %d for %s is taken: choose another with %s, or leave %s out and a free one is found"
                .formatted(asked, owner, option, option));
      }
      return take(asked, null);
    }
    for (int port = usual; port <= 65_535; port++) {
      if (!taken(port)) {
        return take(
            port,
            port == usual
                ? null
                : "port %d is taken, %s uses %d (%s chooses another)"
                    .formatted(usual, owner, port, option));
      }
    }
    throw new UsageException("no free port from " + usual + " up for " + owner);
  }

  /** A port of the loopback interface that nobody listens on. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Choice take(int port, @Nullable String note) {
    chosen.add(port);
    return new Choice(port, note);
  }

  private boolean taken(int port) {
    return chosen.contains(port)
        || !binds(new InetSocketAddress(port))
        || !binds(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static boolean binds(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
