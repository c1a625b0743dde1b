package io.cosmichub.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OriginsTest {
  @ParameterizedTest
  @CsvSource({
    "http, 127.0.0.1, 8088, http://127.0.0.1:8088",
    "http, localhost, 80, http://localhost",
    "https, live.example.org, 443, https://live.example.org",
    "https, live.example.org, 80, https://live.example.org:80",
    "http, Live.Example.Org, 443, http://live.example.org:443",
    "http, ::1, 8088, http://[::1]:8088",
    "https, ::1, 443, https://[::1]",
    "http, [::1], 80, http://[::1]"
  })
  void anOriginIsWrittenAsBrowsersDo(String scheme, String host, int port, String origin) {
    assertThat(Origins.of(scheme, host, port)).isEqualTo(origin);
  }

  @ParameterizedTest
  @CsvSource({
    "http, localhost:8088, http://localhost:8088",
    "http, localhost, http://localhost",
    "http, localhost:80, http://localhost",
    "https, LOCALHOST:443, https://localhost",
    "https, [::1]:443, https://[::1]",
    "http, [fe80::80], http://[fe80::80]"
  })
  void aHostMayNameTheUsualPortOrNot(String scheme, String host, String origin) {
    assertThat(Origins.ofHost(scheme, host)).isEqualTo(origin);
  }
}
