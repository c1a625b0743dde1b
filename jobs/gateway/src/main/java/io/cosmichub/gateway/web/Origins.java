package io.cosmichub.gateway.web;

import java.util.Locale;

/** Origins as browsers write them: without the usual port, an IPv6 address in brackets. */
final class Origins {
  private Origins() {}

  /** That of the pages of an address. */
  static String of(String scheme, String host, int port) {
    boolean bare = host.contains(":") && !host.startsWith("[");
    return ofHost(scheme, (bare ? "[" + host + "]" : host) + ":" + port);
  }

  /** That of the pages of an address as a header {@code Host} has it, with or without a port. */
  static String ofHost(String scheme, String host) {
    String usual = scheme.equals("https") ? ":443" : ":80";
    String name = host.endsWith(usual) ? host.substring(0, host.length() - usual.length()) : host;
    return scheme + "://" + name.toLowerCase(Locale.ROOT);
  }
}
