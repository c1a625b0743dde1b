package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who stays at the door, and how those leave who are shown out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorIT {
  private Stage stage;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    stage = Stage.start(directory);
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  @Test
  void allTogetherHaveSoManyConnectionsAndOneMoreIsCutOffThoughItDoesNotAnswer() throws Exception {
    try (Stage.Running small = stage.gateway("access=open", "limits.connections=2");
        Client first = Client.open(small.address());
        Client second = Client.open(small.address())) {
      first.await("hello", 1);
      second.await("hello", 1);
      try (Client third = Client.open(small.address())) {
        assertThat(third.awaitClose()).isEqualTo(1008);
      }
      try (RawClient silent = RawClient.open(small.address(), "{\"type\":\"ping\"}")) {
        assertThat(silent.readToClose()).isEqualTo(1008);
        assertThat(silent.ends()).isTrue();
      }
      assertThat(first.closedWith).isNull();
      second.close();
      Stage.until(
          () -> {
            try (Client again = Client.open(small.address())) {
              Stage.until(() -> again.closedWith != null || !again.ofType("hello").isEmpty());
              return again.closedWith == null;
            }
          });
    }
  }
}
