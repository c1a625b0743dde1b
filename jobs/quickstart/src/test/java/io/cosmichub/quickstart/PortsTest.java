package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.quickstart.Ports.Choice;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortsTest {

  @Test
  void theUsualPortIsTakenWithoutAWord() throws Exception {
    int free = Ports.free();
    assertThat(new Ports().choose("the broker", "--kafka-port", null, free))
        .isEqualTo(new Choice(free, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
  void ifItIsInUseTheNextFreeOneIsChosenAndSaid(String address) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      int usual = taken.getLocalPort();
      Choice choice = new Ports().choose("the broker", "--kafka-port", null, usual);
      assertThat(choice.port()).isGreaterThan(usual);
      assertThat(choice.note())
          .contains("port " + usual + " is taken")
          .contains(Integer.toString(choice.port()))
          .contains("--kafka-port");
    }
  }

  @Test
  void aPortThatWasAskedForAndIsInUseIsAnError() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int asked = taken.getLocalPort();
      assertThatThrownBy(() -> new Ports().choose("the broker", "--kafka-port", asked, 9092))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("port " + asked + " for the broker is taken")
          .hasMessageContaining("--kafka-port");
    }
  }

  @Test
  void noPortIsGivenTwice() throws Exception {
    int free = Ports.free();
    Ports ports = new Ports();
    Choice first = ports.choose("the broker", "--kafka-port", free, 9092);
    Choice second = ports.choose("Flink", "--flink-port", null, free);
    assertThat(first.port()).isEqualTo(free);
    assertThat(second.port()).isNotEqualTo(free);
    assertThatThrownBy(() -> ports.choose("the metrics", "--metrics-port", free, 9249))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void zeroMeansAnyFreePort() throws Exception {
    Choice choice = new Ports().choose("the broker", "--kafka-port", 0, 9092);
    assertThat(choice.port()).isPositive();
    assertThat(choice.note()).isNull();
  }
}
